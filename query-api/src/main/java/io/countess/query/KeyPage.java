package io.countess.query;

import io.countess.event.ByteString;
import java.util.List;
import java.util.Optional;

/**
 * Keys with their counts.
 *
 * @param next the key after which the next page starts; empty at the end
 */
public record KeyPage(List<Entry> keys, Optional<ByteString> next) {
  /** A key and its count. */
  public record Entry(ByteString key, long count) {}
}
