package io.countess.door.envoy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countess.door.envoy.Level.Entry;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Names the counters of limits, as <code>{domain|key=value}|key=value|minute</code>. Those whose
 * first entries are the same have one hash tag, so that they can be decided in one step. What would
 * be too long for a key is named by its hash.
 *
 * @param namespace that all of them are in
 */
record CounterNames(ByteString namespace) {
  private static final int LONGEST_TAG = 1024;
  private static final int LONGEST_REST = 2048;

  /** A limit of another unit is another counter. */
  CounterName of(String domain, List<Entry> entries, RateUnit unit) {
    String tag = escaped(domain) + "|" + text(entries.get(0));
    String rest =
        entries.stream().skip(1).map(entry -> "|" + text(entry)).collect(Collectors.joining());
    String key =
        "{%s}%s|%s"
            .formatted(
                isLong(tag, LONGEST_TAG) ? hash(tag) : tag,
                isLong(rest, LONGEST_REST) ? "|" + hash(rest) : rest,
                unit.word());
    return new CounterName(namespace, ByteString.utf8(key));
  }

  private static String text(Entry entry) {
    return escaped(entry.key()) + "=" + escaped(entry.value());
  }

  private static boolean isLong(String text, int most) {
    return text.length() > most || ByteString.utf8("entries", text).size() > most;
  }

  /** No entry looks like this: each has a sign of equality. */
  private static String hash(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return "#" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String escaped(String text) {
    var escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || "%{}|=\u007f".indexOf(c) >= 0) {
        escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
