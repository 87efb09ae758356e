package io.countess.state;

import io.countess.event.ByteString;
import java.util.Arrays;

/** Parts of record keys, as scans need them. */
final class RecordKeys {
  private RecordKeys() {}

  /** What all record keys of a namespace start with. */
  static byte[] prefix(byte[] encodedName) {
    byte[] prefix = Arrays.copyOf(encodedName, encodedName.length + 1);
    prefix[encodedName.length] = '/';
    return prefix;
  }

  /** The store key of a counter, or what all store keys start with whose key starts so. */
  static byte[] storeKey(byte[] encodedName, ByteString key) {
    byte[] prefix = prefix(encodedName);
    byte[] storeKey = Arrays.copyOf(prefix, prefix.length + key.size());
    System.arraycopy(key.toBytes(), 0, storeKey, prefix.length, key.size());
    return StoreKeys.of(StoreKeys.COUNTER, storeKey);
  }
}
