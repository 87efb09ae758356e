package io.countess.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A hash of bytes by multiplying and folding eight of them at a time. It is not cryptographic. */
final class Hash {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long MIX = 0x9E3779B97F4A7C15L;

  private Hash() {}

  /** Of {@code bytes[from, end)}: the same for the same seed, wherever it is computed. */
  static long of(long seed, byte[] bytes, int from) {
    long h = seed ^ (bytes.length - from) * MIX;
    int i = from;
    for (; i + 8 <= bytes.length; i += 8) {
      h = mix(h ^ (long) WORD.get(bytes, i));
    }
    long tail = 0;
    for (; i < bytes.length; i++) {
      tail = tail << 8 | bytes[i] & 0xff;
    }
    return mix(h ^ tail);
  }

  private static long mix(long x) {
    return x * MIX ^ Math.multiplyHigh(x, MIX);
  }
}
