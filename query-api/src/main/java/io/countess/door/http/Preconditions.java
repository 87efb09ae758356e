package io.countess.door.http;

import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/** What the headers of a request add to its command: an id, or the version that it builds on. */
record Preconditions(Request request) {
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  /** What an id may take, less {@code #} and a number of 64 bits. */
  private static final int MAX_KEY_OF_LINES_BYTES = Event.MAX_ID_BYTES - 20;

  private static final String IF_MATCH = "If-Match";
  private static final String IF_NONE_MATCH = "If-None-Match";
  private static final String ANY = "*";
  private static final Pattern VERSION = Pattern.compile("\"(-1|\\d{1,18})\"|(\\d{1,18})");

  /**
   * The event with what the headers say.
   *
   * @throws InvalidInputException naming the header that is wrong, or is not for such an event
   */
  Event on(Event event) {
    if (event instanceof Event.ChangePolicy change) {
      return change.ifVersion(version(change.ifVersion()));
    }
    if (event instanceof Event.ChangeDefaults change) {
      var version = version(change.ifVersion());
      return new Event.ChangeDefaults(change.policy(), change.onChange(), version);
    }
    return withId(event, idempotencyKey());
  }

  /** The key that makes this request one that can be repeated, if it has one. */
  Optional<String> idempotencyKey() {
    return Headers.only(request, IDEMPOTENCY_KEY)
        .map(value -> Headers.unquoted(IDEMPOTENCY_KEY, value))
        .map(key -> Event.requireId(IDEMPOTENCY_KEY, key));
  }

  /**
   * The same for a load, of which each line has an id made of it, {@code #} and its number: any
   * number has to fit.
   */
  Optional<String> idempotencyKeyOfLines() {
    Optional<String> key = idempotencyKey();
    int bytes = key.map(text -> text.getBytes(StandardCharsets.UTF_8).length).orElse(0);
    if (bytes > MAX_KEY_OF_LINES_BYTES) {
      throw new InvalidInputException(
          IDEMPOTENCY_KEY,
          "takes %d bytes of UTF-8; for a load it may take at most %d, since each line's number is added"
              .formatted(bytes, MAX_KEY_OF_LINES_BYTES));
    }
    return key;
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
    if (Headers.has(request, IDEMPOTENCY_KEY)) {
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
    Optional<String> match = Headers.only(request, IF_MATCH).map(String::strip);
    Optional<String> noneMatch = Headers.only(request, IF_NONE_MATCH).map(String::strip);
    if (noneMatch.isPresent()) {
      if (match.isPresent() || !noneMatch.get().equals(ANY)) {
        throw new InvalidInputException(
            IF_NONE_MATCH, "can only be *, without " + IF_MATCH + ": there is no policy yet");
      }
      return OptionalLong.of(Event.ChangePolicy.NO_VERSION);
    }
    return match.isEmpty() ? OptionalLong.empty() : OptionalLong.of(version(match.get()));
  }

  private static long version(String match) {
    if (match.equals(ANY)) {
      return Event.ChangePolicy.ANY_VERSION;
    }
    var form = VERSION.matcher(match);
    if (!form.matches()) {
      throw new InvalidInputException(
          IF_MATCH,
          "is %s; it must be one version in quotes, as \"17\", or \"-1\" for none, or * for any"
              .formatted(match));
    }
    String digits = form.group(1) == null ? form.group(2) : form.group(1);
    return Long.parseLong(digits);
  }

  private void requireNo(String header) {
    if (Headers.has(request, header)) {
      throw new InvalidInputException(header, "is for policies only");
    }
  }
}
