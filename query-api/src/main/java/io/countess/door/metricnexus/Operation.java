package io.countess.door.metricnexus;

import io.countess.door.Access;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What can be asked for, in the order in which methods are told. */
enum Operation {
  READ("GET", ""),
  CREATE("POST", ""),
  SET("PUT", ""),
  DELETE("DELETE", ""),
  INC("PUT", "inc"),
  DEC("PUT", "dec"),
  ADD("PUT", "add"),
  SUB("PUT", "sub"),
  SCRAPE("GET", "");

  private final String method;
  private final String action;

  Operation(String method, String action) {
    this.method = method;
    this.action = action;
  }

  /**
   * What stands in a path.
   *
   * @param metric as it was sent
   * @param action what follows it; empty for the metric itself
   */
  record Path(String metric, String action) {
    /** The parts of a path, as far as it can be one here. A slash at the end means nothing. */
    static Optional<Path> of(String path) {
      String[] parts = (path.startsWith("/") ? path.substring(1) : path).split("/", -1);
      boolean endsInSlash = parts.length > 1 && parts[parts.length - 1].isEmpty();
      int length = endsInSlash ? parts.length - 1 : parts.length;
      if (parts[0].isEmpty() || length > 2) {
        return Optional.empty();
      }
      String action = length == 2 ? parts[1].toLowerCase(Locale.ROOT) : "";
      boolean isKnown = Arrays.stream(values()).anyMatch(it -> it.action.equals(action));
      return isKnown && (length == 1 || !action.isEmpty())
          ? Optional.of(new Path(parts[0], action))
          : Optional.empty();
    }

    /** Which methods there are. */
    String methods() {
      return Arrays.stream(values())
          .filter(it -> it != SCRAPE && it.action.equals(action))
          .map(it -> it == READ ? "GET, HEAD" : it.method)
          .collect(Collectors.joining(", "));
    }

    /** What a method does there. */
    Optional<Operation> operation(String sent) {
      String asked = sent.equals("HEAD") ? "GET" : sent;
      boolean isPage = metric.toLowerCase(Locale.ROOT).equals(MetricName.RESERVED);
      return Arrays.stream(values())
          .filter(it -> it.action.equals(action) && it.method.equals(asked))
          .map(it -> it == READ && isPage ? SCRAPE : it)
          .findFirst();
    }
  }

  /** What a caller needs for it. */
  Access access() {
    return method.equals("GET") ? Access.READ : Access.WRITE;
  }

  /** The word for it in meters. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
