package io.countess.state;

import java.util.Arrays;

/** Writes numbers in as few bytes as they need: LEB128, signed ones in zigzag form. */
final class VarOutput {
  private byte[] bytes;
  private int size;

  VarOutput(int expected) {
    bytes = new byte[expected];
  }

  VarOutput writeByte(int b) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * size + 8);
    }
    bytes[size++] = (byte) b;
    return this;
  }

  VarOutput write(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      writeByte((int) rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    return writeByte((int) rest);
  }

  VarOutput writeSigned(long value) {
    return write(value << 1 ^ value >> 63);
  }

  VarOutput write(byte[] block) {
    write(block.length);
    for (byte b : block) {
      writeByte(b);
    }
    return this;
  }

  int size() {
    return size;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }
}
