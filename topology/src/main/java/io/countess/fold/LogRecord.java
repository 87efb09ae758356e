package io.countess.fold;

import java.util.function.BiConsumer;

/** A record of the log, good until the next one is folded. */
public interface LogRecord {
  /** Where it stands in its partition. */
  long offset();

  /** Its timestamp; 0 where it has none that can be used. */
  long timestamp();

  /** Its key, or null. */
  byte[] key();

  /** Its value, or null. */
  byte[] value();

  /** The value of its last header with this name; null where that has none, or is not there. */
  byte[] header(String name);

  /** Whether it has a header with this name, with a value or without. */
  boolean hasHeader(String name);

  /** Hands over the names and values of all headers, in order. */
  void forEachHeader(BiConsumer<String, byte[]> action);

  /** The bytes of the names and values of all headers. */
  long headerBytes();

  /** The bytes of it with its key and headers, as they are when nothing is compressed. */
  default long bytes() {
    return length(key()) + length(value()) + headerBytes();
  }

  private static long length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
