package io.countess.door.http;

import io.countess.event.InvalidInputException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The origins whose pages may call the API from a browser: none, some, or any.
 *
 * @param origins as browsers send them in {@code Origin}; {@code *} alone for any
 */
public record CorsOrigins(Set<String> origins) {
  /** No origin but the server's own. */
  public static final CorsOrigins NONE = new CorsOrigins(Set.of());

  private static final String FIELD = "cors-origins";
  private static final String ANY = "*";

  /** RFC 6454, section 6.2; browsers write scheme and host in lower case, and no default port. */
  private static final Pattern ORIGIN =
      Pattern.compile("[a-z][a-z0-9+.-]*://([a-z0-9._-]+|\\[[0-9a-f:.]+\\])(:[0-9]{1,5})?");

  /**
   * Checks the origins.
   *
   * @throws InvalidInputException where one is none that a browser would send
   */
  public CorsOrigins {
    origins = Set.copyOf(origins);
    for (String origin : origins) {
      if (!origin.equals(ANY) && !ORIGIN.matcher(origin).matches()) {
        throw new InvalidInputException(
            FIELD,
            "holds '%s'; an origin must look like https://app.example.com or http://localhost:3000"
                .formatted(origin));
      }
    }
    if (origins.contains(ANY) && origins.size() > 1) {
      throw new InvalidInputException(FIELD, "holds *, which is for every origin, and others too");
    }
  }

  /** Reads origins between which commas stand. */
  public static CorsOrigins parse(String text) {
    return new CorsOrigins(
        new TreeSet<>(Arrays.stream(text.split(",")).map(String::strip).toList()));
  }

  /** Whether no page of another origin may call. */
  boolean isEmpty() {
    return origins.isEmpty();
  }

  /** Whether the pages of every origin may call. */
  boolean isAny() {
    return origins.contains(ANY);
  }

  /** Whether pages of this origin may call. */
  boolean allow(String origin) {
    return isAny() || origins.contains(origin);
  }
}
