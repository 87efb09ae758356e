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

  /** The record key of a counter, or what all record keys start with whose key starts so. */
  static byte[] of(byte[] encodedName, ByteString key) {
    byte[] prefix = prefix(encodedName);
    byte[] recordKey = Arrays.copyOf(prefix, prefix.length + key.size());
    System.arraycopy(key.toBytes(), 0, recordKey, prefix.length, key.size());
    return recordKey;
  }

  /** The store key of a counter, or what all store keys start with whose key starts so. */
  static byte[] storeKey(byte[] encodedName, ByteString key) {
    return StoreKeys.of(StoreKeys.COUNTER, of(encodedName, key));
  }
}
