package io.countess.event;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The key of a record in the log: the namespace, {@code /}, the key. In the namespace every byte
 * outside {@code [A-Za-z0-9._~:-]} is percent-encoded with upper-case digits, and no other byte is.
 * So the first {@code /} always separates. The key follows as raw bytes.
 */
public final class RecordKey {
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.UTF_8);
  private static final boolean[] PLAIN = new boolean[256];

  static {
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~:-"
        .chars()
        .forEach(c -> PLAIN[c] = true);
  }

  private RecordKey() {}

  public static byte[] of(CounterName name) {
    var out = new ByteArrayOutputStream(name.namespace().size() + name.key().size() + 1);
    encode(name.namespace(), out);
    out.write('/');
    out.writeBytes(name.key().toBytes());
    return out.toByteArray();
  }

  /** The canonical form of {@code namespace}, without the separator. */
  public static byte[] encodeNamespace(ByteString namespace) {
    var out = new ByteArrayOutputStream(namespace.size());
    encode(namespace, out);
    return out.toByteArray();
  }

  /**
   * Reads a record key, canonical or not: a byte of the namespace that should have been
   * percent-encoded stands for itself.
   *
   * @throws InvalidInputException where there is no {@code /}, a percent sequence is broken, or a
   *     name is too long
   */
  public static CounterName parse(byte[] recordKey) {
    int separator = separator(recordKey);
    if (separator < 0) {
      throw new InvalidInputException("key", "has no '/' between the namespace and the key");
    }
    var key = ByteString.of(recordKey, separator + 1, recordKey.length);
    return new CounterName(decodeNamespace(recordKey, separator), key);
  }

  /** Where the first {@code /} is, or -1. */
  public static int separator(byte[] recordKey) {
    for (int i = 0; i < recordKey.length; i++) {
      if (recordKey[i] == '/') {
        return i;
      }
    }
    return -1;
  }

  /**
   * Whether the namespace part consists only of bytes that stand for themselves: such a key is
   * canonical, and needs no decoding.
   *
   * @param separator where the first {@code /} is
   */
  public static boolean isPlain(byte[] recordKey, int separator) {
    for (int i = 0; i < separator; i++) {
      if (!PLAIN[recordKey[i] & 0xff]) {
        return false;
      }
    }
    return true;
  }

  /** Reads the namespace from the first {@code end} bytes of a record key. */
  public static ByteString decodeNamespace(byte[] recordKey, int end) {
    if (isPlain(recordKey, end)) {
      return ByteString.of(recordKey, 0, end);
    }
    var out = new ByteArrayOutputStream(end);
    for (int i = 0; i < end; i++) {
      if (recordKey[i] != '%') {
        out.write(recordKey[i]);
        continue;
      }
      if (i + 2 >= end || digit(recordKey[i + 1]) < 0 || digit(recordKey[i + 2]) < 0) {
        throw new InvalidInputException(
            "namespace", "has a '%' that two hexadecimal digits do not follow");
      }
      out.write(digit(recordKey[i + 1]) << 4 | digit(recordKey[i + 2]));
      i += 2;
    }
    return ByteString.of(out.toByteArray());
  }

  /**
   * Whether {@code recordKey} is the canonical key of the counter that it names.
   *
   * @throws InvalidInputException where it has a {@code /} but names no counter all the same
   */
  public static boolean isCanonical(byte[] recordKey) {
    int separator = separator(recordKey);
    return separator >= 0
        && (isPlain(recordKey, separator) || Arrays.equals(of(parse(recordKey)), recordKey));
  }

  private static void encode(ByteString namespace, ByteArrayOutputStream out) {
    for (int i = 0; i < namespace.size(); i++) {
      int b = namespace.at(i) & 0xff;
      if (PLAIN[b]) {
        out.write(b);
      } else {
        out.write('%');
        out.write(HEX[b >> 4]);
        out.write(HEX[b & 15]);
      }
    }
  }

  private static int digit(byte b) {
    return Character.digit(b, 16);
  }
}
