package io.countess.client;

import io.countess.event.Durations;
import io.countess.event.Event;
import io.countess.event.codec.EventBody;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request that changes something.
 *
 * @param body JSON; empty for none
 * @param id under which the server remembers it, wherever in the request that stands
 */
record Command(
    Target target,
    String method,
    Optional<byte[]> body,
    Optional<String> id,
    Map<String, String> headers) {
  static final String ID_HEADER = "Idempotency-Key";

  /** A command without an id and without headers of its own. */
  static Command of(String method, Target target, Optional<byte[]> body) {
    return new Command(target, method, body, Optional.empty(), Map.of());
  }

  /** A change of a policy. */
  static Command put(Target target, Event change) {
    byte[] body = new EventBody(change, OptionalLong.empty()).encode();
    return of("PUT", target, Optional.of(body));
  }

  /** The same under an id that stands in its header. */
  Command withIdHeader(String key) {
    return new Command(target, method, body, Optional.of(key), Map.of(ID_HEADER, key));
  }

  /** The same under an id that stands in its body. */
  Command withIdInBody(String key) {
    return new Command(target, method, body, Optional.of(key), headers);
  }

  /**
   * The same, to be carried out only where the policy is of this version, or where there is none if
   * it is {@link Event.ChangePolicy#NO_VERSION}, or one if {@link Event.ChangePolicy#ANY_VERSION}.
   */
  Command ifVersion(long version) {
    return new Command(target, method, body, id, condition(version));
  }

  private static Map<String, String> condition(long version) {
    if (version == Event.ChangePolicy.NO_VERSION) {
      return Map.of("If-None-Match", "*");
    }
    boolean any = version == Event.ChangePolicy.ANY_VERSION;
    return Map.of("If-Match", any ? "*" : "\"" + version + "\"");
  }

  /**
   * Whether {@code id} can stand in a header as it is. One that starts with a quotation mark could
   * be taken for the quoted form.
   */
  static boolean fitsIntoHeader(String id) {
    return id.matches("[\\x21-\\x7e&&[^\"]][\\x21-\\x7e]*");
  }

  /**
   * The request.
   *
   * @param within how long the server may take
   */
  HttpRequest request(Transport transport, Duration within) {
    var request = transport.request(target.with("timeout", Durations.format(within)));
    headers.forEach(request::header);
    if (body.isEmpty()) {
      return request.DELETE().build();
    }
    request.header("Content-Type", "application/json");
    return request.method(method, BodyPublishers.ofByteArray(body.get())).build();
  }
}
