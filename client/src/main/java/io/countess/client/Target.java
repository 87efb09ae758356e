package io.countess.client;

import io.countess.event.ByteString;
import io.countess.event.CountRange;
import io.countess.event.CounterName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Where a request goes: an encoded path, and the parameters of its query string.
 *
 * @param path from the root, encoded
 * @param query encoded, without the question mark
 */
record Target(String path, String query) {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  /** A path without parameters. */
  static Target of(String path) {
    return new Target(path, "");
  }

  /** A counter: named in the path where both names can stand there. */
  static Target counter(CounterName counter) {
    if (fitsIntoPath(counter.namespace()) && fitsIntoPath(counter.key())) {
      return of("/v1/namespaces/" + encode(counter.namespace()) + "/keys/" + encode(counter.key()));
    }
    return of("/v1/counter")
        .with("nsBase64", base64(counter.namespace()))
        .with("keyBase64", base64(counter.key()));
  }

  /** A namespace: named in the path where that is possible. */
  static Target namespace(ByteString namespace) {
    return fitsIntoPath(namespace)
        ? of("/v1/namespaces/" + encode(namespace))
        : of("/v1/namespace").with("nsBase64", base64(namespace));
  }

  /** Something about a namespace: {@code keys}, {@code top} or {@code policy/history}. */
  static Target listing(ByteString namespace, String what) {
    return fitsIntoPath(namespace)
        ? of("/v1/namespaces/" + encode(namespace) + "/" + what)
        : of("/v1/" + what).with("nsBase64", base64(namespace));
  }

  /** What stands below this in the path. */
  Target below(String segment) {
    return new Target(path + "/" + segment, query);
  }

  /** The same with a parameter. */
  Target with(String name, String value) {
    String pair = name + "=" + encode(ByteString.utf8(name, value));
    return new Target(path, query.isEmpty() ? pair : query + "&" + pair);
  }

  /** The same with a parameter, if it is there. */
  Target with(String name, Optional<String> value) {
    return value.map(text -> with(name, text)).orElse(this);
  }

  /** The same at an instant, if there is one. */
  Target at(Optional<Instant> at) {
    return with("at", at.map(it -> Long.toString(it.toEpochMilli())));
  }

  /** The same for keys whose counts lie in {@code counts}. */
  Target within(Optional<CountRange> counts) {
    return with("min", counts.flatMap(CountRange::min).map(Object::toString))
        .with("max", counts.flatMap(CountRange::max).map(Object::toString));
  }

  /** Whether an intermediary would leave the name in a path as it is. */
  static boolean fitsIntoPath(ByteString name) {
    var text = name.text();
    return text.isPresent()
        && text.get().indexOf(0) < 0
        && !List.of("", ".", "..").contains(text.get());
  }

  /** Bytes, percent-encoded. */
  static String encode(ByteString bytes) {
    var out = new StringBuilder(bytes.size() + 16);
    for (byte b : bytes.toBytes()) {
      if (b > 0 && UNRESERVED.indexOf(b) >= 0) {
        out.append((char) b);
      } else {
        out.append('%').append(HEX.toHexDigits(b));
      }
    }
    return out.toString();
  }

  /** Bytes in the alphabet of Base64 that needs no encoding in a query string. */
  static String base64(ByteString bytes) {
    byte[] encoded = Base64.getUrlEncoder().withoutPadding().encode(bytes.toBytes());
    return new String(encoded, StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return query.isEmpty() ? path : path + "?" + query;
  }
}
