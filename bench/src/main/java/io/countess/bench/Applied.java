package io.countess.bench;

import java.util.concurrent.atomic.LongAdder;

/** Counts the records that have been applied, and knows when the first was. */
final class Applied {
  private final LongAdder records = new LongAdder();
  private volatile Moment first;
  private volatile String failure;

  /** One more. */
  void one() {
    if (first == null) {
      first = Moment.now();
    }
    records.increment();
  }

  /** Says that a record can't be applied. */
  void failed(String reason) {
    failure = reason;
  }

  /**
   * How many there were.
   *
   * @throws BenchException where one could not be applied
   */
  long records() {
    String reason = failure;
    if (reason != null) {
      throw new BenchException("a record was not folded where it was: " + reason);
    }
    return records.sum();
  }

  /** When the first came; null before. */
  Moment first() {
    return first;
  }
}
