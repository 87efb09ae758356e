package io.countess.count;

import java.util.Arrays;

/** Reads what {@link VarOutput} wrote. */
public final class VarInput {
  private final byte[] bytes;
  private int at;

  /** From the first byte on. */
  public VarInput(byte[] bytes) {
    this.bytes = bytes;
  }

  /** One byte, with its sign. */
  public int readByte() {
    return bytes[at++];
  }

  /** A number that {@link VarOutput#write(long)} wrote. */
  public long read() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = bytes[at++];
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }

  /** A number that {@link VarOutput#writeSigned} wrote. */
  public long readSigned() {
    long coded = read();
    return coded >>> 1 ^ -(coded & 1);
  }

  /** Bytes that {@link VarOutput#write(byte[])} wrote. */
  public byte[] readBlock() {
    int length = (int) read();
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  /** Whether something follows. */
  public boolean hasMore() {
    return at < bytes.length;
  }
}
