package io.countess.http;

import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** What the headers of a request add to its command: an id, or the version that it builds on. */
record Preconditions(HttpServletRequest request) {
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
  private static final String IF_MATCH = "If-Match";
  private static final String IF_NONE_MATCH = "If-None-Match";
  private static final Pattern VERSION = Pattern.compile("\"(-1|\\d{1,18})\"|(\\d{1,18})");

  /**
   * The event with what the headers say.
   *
   * @throws InvalidInputException naming the header that is wrong, or is not for such an event
   */
  Event on(Event event) {
    if (event instanceof Event.ChangePolicy change) {
      var version = version(change.ifVersion());
      return new Event.ChangePolicy(change.policy(), change.onChange(), version);
    }
    if (event instanceof Event.ChangeDefaults change) {
      var version = version(change.ifVersion());
      return new Event.ChangeDefaults(change.policy(), change.onChange(), version);
    }
    return withId(event, idempotencyKey());
  }

  /** The key that makes this request one that can be repeated, if it has one. */
  Optional<String> idempotencyKey() {
    String header = only(IDEMPOTENCY_KEY);
    if (header == null) {
      return Optional.empty();
    }
    boolean quoted = header.length() > 1 && header.startsWith("\"") && header.endsWith("\"");
    String key = quoted ? header.substring(1, header.length() - 1) : header;
    return Optional.of(Event.requireId(IDEMPOTENCY_KEY, key));
  }

  private Event withId(Event event, Optional<String> key) {
    requireNo(IF_MATCH);
    requireNo(IF_NONE_MATCH);
    if (key.isEmpty()) {
      return event;
    }
    if (event.id().isPresent() && !event.id().equals(key)) {
      throw new InvalidInputException(
          "id", "is '%s', and %s '%s'".formatted(event.id().get(), IDEMPOTENCY_KEY, key.get()));
    }
    return event.withId(key);
  }

  /** The version that a change of a policy builds on, as its body or a header says. */
  private OptionalLong version(OptionalLong inBody) {
    if (request.getHeader(IDEMPOTENCY_KEY) != null) {
      throw new InvalidInputException(
          IDEMPOTENCY_KEY, "is not for policies; " + IF_MATCH + " keeps two from being mixed up");
    }
    OptionalLong version = version();
    if (version.isEmpty()) {
      return inBody;
    }
    if (inBody.isPresent() && !inBody.equals(version)) {
      throw new InvalidInputException("ifVersion", "is another version than that of the header");
    }
    return version;
  }

  private OptionalLong version() {
    String match = only(IF_MATCH);
    String noneMatch = only(IF_NONE_MATCH);
    if (noneMatch != null) {
      if (match != null || !noneMatch.strip().equals("*")) {
        throw new InvalidInputException(
            IF_NONE_MATCH, "can only be *, without " + IF_MATCH + ": there is no policy yet");
      }
      return OptionalLong.of(Event.ChangePolicy.NO_VERSION);
    }
    if (match == null) {
      return OptionalLong.empty();
    }
    var form = VERSION.matcher(match.strip());
    if (!form.matches()) {
      throw new InvalidInputException(
          IF_MATCH,
          "is %s; it must be a version in quotes, as \"17\", or \"-1\" for none".formatted(match));
    }
    String digits = form.group(1) == null ? form.group(2) : form.group(1);
    return OptionalLong.of(Long.parseLong(digits));
  }

  /** The header, null where it is not there. Of two it would be unclear which one is meant. */
  private String only(String header) {
    var values = request.getHeaders(header);
    String value = values.hasMoreElements() ? values.nextElement() : null;
    if (values.hasMoreElements()) {
      throw new InvalidInputException(header, "is given twice");
    }
    return value;
  }

  private void requireNo(String header) {
    if (request.getHeader(header) != null) {
      throw new InvalidInputException(header, "is for policies only");
    }
  }
}
