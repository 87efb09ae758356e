package io.countess.door.tenants;

import io.countess.door.KeysConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * A request, as far as the door looks at it.
 *
 * @param id that it brings, or was given
 * @param body empty where it is too long
 */
record Incoming(Request request, String id, String path, Optional<byte[]> body) {
  /** The longest body, as counter-api has it. */
  static final int MAX_BODY_BYTES = 64 << 10;

  private static final int LONGEST_ID = 128;

  /** Names would be looked up. */
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  static Incoming of(Request request) throws IOException {
    String path = Optional.ofNullable(request.getHttpURI().getPath()).orElse("/");
    return new Incoming(request, id(request), path, body(request));
  }

  private static String id(Request request) {
    String given = header(request, "X-Request-ID");
    return given.isEmpty() || given.length() > LONGEST_ID ? GoUuid.random() : given;
  }

  private static Optional<byte[]> body(Request request) throws IOException {
    if (request.getLength() > MAX_BODY_BYTES) {
      return Optional.empty();
    }
    byte[] body = Content.Source.asInputStream(request).readNBytes(MAX_BODY_BYTES + 1);
    return body.length > MAX_BODY_BYTES ? Optional.empty() : Optional.of(body);
  }

  private static String header(Request request, String name) {
    return Optional.ofNullable(request.getHeaders().get(name)).map(String::strip).orElse("");
  }

  /** A header's value, without white space around it; empty where there is none. */
  String header(String name) {
    return header(request, name);
  }

  String method() {
    return request.getMethod();
  }

  boolean isRead() {
    return method().equals("GET");
  }

  Query query() {
    return new Query(Optional.ofNullable(request.getHttpURI().getQuery()).orElse(""));
  }

  /** Its body as an object. */
  JsonBody json() {
    return JsonBody.read(body.orElseThrow());
  }

  /** The same, where none may be. */
  JsonBody jsonIfAny() {
    return body.orElseThrow().length == 0 ? JsonBody.empty() : json();
  }

  /** Whose address it is from: what a proxy on this machine says, it says. */
  String address() {
    String peer = Request.getRemoteAddr(request);
    if (!KeysConfig.isLoopback("tenants-bind", peer)) {
      return peer;
    }
    return valid(header("X-Real-IP")).or(this::forwarded).orElse(peer);
  }

  private Optional<String> forwarded() {
    for (String entry : header("X-Forwarded-For").split(",", -1)) {
      Optional<String> address = valid(entry.strip());
      if (address.isPresent()) {
        return address;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> valid(String text) {
    try {
      return ADDRESS.matcher(text).matches()
          ? Optional.of(InetAddress.getByName(text).getHostAddress())
          : Optional.empty();
    } catch (UnknownHostException none) {
      return Optional.empty();
    }
  }
}
