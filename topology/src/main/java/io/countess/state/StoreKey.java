package io.countess.state;

import java.util.Arrays;

/** A key of the rows beneath, as the key of a map. It keeps the array, which must not change. */
final class StoreKey {
  private final byte[] bytes;
  private final int hash;

  StoreKey(byte[] bytes) {
    this.bytes = bytes;
    this.hash = Arrays.hashCode(bytes);
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StoreKey key && hash == key.hash && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
