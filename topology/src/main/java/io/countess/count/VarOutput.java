package io.countess.count;

import java.util.Arrays;

/** Writes numbers in as few bytes as they need: LEB128, signed ones in zigzag form. */
public final class VarOutput {
  private byte[] bytes;
  private int size;

  /** With room for so many bytes; it grows. */
  public VarOutput(int expected) {
    bytes = new byte[expected];
  }

  /** One byte as it is. */
  public VarOutput writeByte(int b) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * size + 8);
    }
    bytes[size++] = (byte) b;
    return this;
  }

  /** A number in one to ten bytes: the fewer, the nearer it is to 0 from above. */
  public VarOutput write(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      writeByte((int) rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    return writeByte((int) rest);
  }

  /** A number in one to ten bytes: the fewer, the nearer it is to 0. */
  public VarOutput writeSigned(long value) {
    return write(value << 1 ^ value >> 63);
  }

  /** The length of a block, then its bytes. */
  public VarOutput write(byte[] block) {
    write(block.length);
    for (byte b : block) {
      writeByte(b);
    }
    return this;
  }

  /** How many bytes have been written. */
  public int size() {
    return size;
  }

  /** A copy of what has been written. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }
}
