package io.countess.state;

import java.util.Arrays;

/** Reads what {@link VarOutput} wrote. */
final class VarInput {
  private final byte[] bytes;
  private int at;

  VarInput(byte[] bytes) {
    this.bytes = bytes;
  }

  int readByte() {
    return bytes[at++];
  }

  long read() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = bytes[at++];
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }

  long readSigned() {
    long coded = read();
    return coded >>> 1 ^ -(coded & 1);
  }

  byte[] readBlock() {
    int length = (int) read();
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  boolean hasMore() {
    return at < bytes.length;
  }
}
