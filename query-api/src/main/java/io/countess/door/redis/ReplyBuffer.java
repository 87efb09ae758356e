package io.countess.door.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.countess.event.ByteString;
import java.util.Arrays;

/** Replies that are put together, to be sent at once. */
final class ReplyBuffer {
  private static final int FIRST_BYTES = 256;
  private static final byte[] END = {'\r', '\n'};

  private byte[] bytes = new byte[FIRST_BYTES];
  private int size;
  private int protocol = 2;

  /** From now on replies are for this version of the protocol. */
  ReplyBuffer in(int version) {
    protocol = version;
    return this;
  }

  boolean isVersion3() {
    return protocol >= 3;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** A line of a type, as {@code :7}. */
  void line(char type, String text) {
    line(type, text.getBytes(ISO_8859_1));
  }

  void line(char type, long number) {
    line(type, Long.toString(number));
  }

  void line(char type, ByteString text) {
    line(type, text.toBytes());
  }

  private void line(char type, byte[] text) {
    require(text.length + 1 + END.length);
    bytes[size++] = (byte) type;
    add(text);
    add(END);
  }

  void bulk(ByteString content) {
    line('$', content.size());
    raw(content.toBytes());
  }

  /** Bytes and a line end. */
  void raw(byte[] content) {
    require(content.length + END.length);
    add(content);
    add(END);
  }

  /** Everything so far, which is forgotten here. */
  byte[] drain() {
    byte[] all = Arrays.copyOf(bytes, size);
    size = 0;
    if (bytes.length > FIRST_BYTES * FIRST_BYTES) {
      bytes = new byte[FIRST_BYTES];
    }
    return all;
  }

  private void require(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }

  private void add(byte[] more) {
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }
}
