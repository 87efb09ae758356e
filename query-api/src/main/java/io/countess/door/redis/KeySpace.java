package io.countess.door.redis;

import io.countess.event.ByteString;
import io.countess.event.CounterName;
import java.util.Optional;

/**
 * Which counter a key of Redis means, and back.
 *
 * @param namespace that all keys are in; empty where each says so itself: it is what stands before
 *     its first colon. A key without that, or with a hash tag or too many bytes there, is in the
 *     namespace without a name, as it is
 */
record KeySpace(Optional<ByteString> namespace) {
  private static final int MAX_NAMESPACE_BYTES = 64;

  /**
   * The counter of a key.
   *
   * @throws io.countess.event.InvalidInputException where the key is too long
   */
  CounterName counter(ByteString key) {
    if (namespace.isPresent()) {
      return new CounterName(namespace.get(), key);
    }
    int colon = prefixEnd(key);
    if (colon < 1) {
      return new CounterName(ByteString.EMPTY, key);
    }
    byte[] bytes = key.toBytes();
    return new CounterName(
        ByteString.of(bytes, 0, colon), ByteString.of(bytes, colon + 1, bytes.length));
  }

  /** The key that means a counter. */
  ByteString key(CounterName counter) {
    if (namespace.isPresent() || counter.namespace().size() == 0) {
      return counter.key();
    }
    return Args.bytes(Args.text(counter.namespace()) + ":" + Args.text(counter.key()));
  }

  /** The length of the namespace that stands before the key; below 1 where none does. */
  private static int prefixEnd(ByteString key) {
    int most = Math.min(key.size(), MAX_NAMESPACE_BYTES + 1);
    for (int i = 0; i < most; i++) {
      if (key.at(i) == ':') {
        return i;
      } else if (key.at(i) == '{') {
        return -1;
      }
    }
    return -1;
  }
}
