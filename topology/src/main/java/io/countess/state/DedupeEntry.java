package io.countess.state;

import io.countess.count.Added;
import io.countess.event.Decision;
import java.util.List;

/**
 * An accepted event that its counter, or each of several, remembers by its id.
 *
 * @param content a hash of the event: the same id with another one is a conflict
 * @param endMillis when it is forgotten
 * @param offset of its record
 * @param decision that was made
 * @param parts what can be given back: of a put one, of a claim one for each counter, else none
 * @param isBatch whether it is one of several events, of which nothing is given back
 */
public record DedupeEntry(
    long content, long endMillis, long offset, Decision decision, List<Part> parts, boolean isBatch)
    implements IdRow {
  public DedupeEntry {
    parts = List.copyOf(parts);
  }

  /** One that may be given back, as far as something is left of it. */
  public DedupeEntry(
      long content, long endMillis, long offset, Decision decision, List<Part> parts) {
    this(content, endMillis, offset, decision, parts, false);
  }

  /** The same of a batch. */
  public DedupeEntry asBatch() {
    return new DedupeEntry(content, endMillis, offset, decision, List.of(), true);
  }

  /**
   * What can be given back of one counter.
   *
   * @param recordKey of the counter
   * @param epoch of its namespace when it was added
   */
  public record Part(byte[] recordKey, long epoch, Added added) {}

  /** The same with other parts to give back. */
  public DedupeEntry with(List<Part> left) {
    return new DedupeEntry(content, endMillis, offset, decision, left);
  }
}
