package io.countess.state;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The keys of the one store of a partition: a byte that says what a row is, then its own key. */
final class StoreKeys {
  static final byte BEGUN = 'B';
  static final byte COUNTER = 'C';
  static final byte DEFAULTS = 'D';
  static final byte EVERYTHING = 'A';
  static final byte EXPIRY = 'T';
  static final byte HISTORY = 'H';
  static final byte ID = 'I';
  static final byte ID_EXPIRY = 'U';
  static final byte JOURNAL = 'J';
  static final byte JOURNAL_EXPIRY = 'W';
  static final byte KEPT = 'K';
  static final byte KEPT_EXPIRY = 'V';
  static final byte CHECKPOINT = 'M';
  static final byte NAMESPACE = 'N';

  private StoreKeys() {}

  static byte[] of(byte kind, byte[] rest) {
    byte[] key = new byte[rest.length + 1];
    key[0] = kind;
    System.arraycopy(rest, 0, key, 1, rest.length);
    return key;
  }

  static byte[] of(byte kind) {
    return new byte[] {kind};
  }

  /** The key of a block of keys that are due at the same time; ordered by time. */
  static byte[] expiry(byte kind, long due, long sequence) {
    return ByteBuffer.allocate(17).put(kind).putLong(due).putLong(sequence).array();
  }

  static long dueOf(byte[] expiryKey) {
    return ByteBuffer.wrap(expiryKey).getLong(1);
  }

  static byte[] withoutKind(byte[] storeKey) {
    return Arrays.copyOfRange(storeKey, 1, storeKey.length);
  }

  /** The least key that is greater than all keys that start with {@code prefix}. */
  static byte[] after(byte[] prefix) {
    int last = prefix.length - 1;
    while (last >= 0 && prefix[last] == (byte) 0xff) {
      last--;
    }
    if (last < 0) {
      throw new IllegalArgumentException("nothing sorts after this prefix");
    }
    byte[] next = Arrays.copyOf(prefix, last + 1);
    next[last]++;
    return next;
  }
}
