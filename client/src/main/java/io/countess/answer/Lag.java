package io.countess.answer;

import java.time.Duration;

/**
 * How far the fold of a partition is from the end that a reader of the log can come to.
 *
 * @param records how many offsets lie between: 0 where all has been folded that can be read. While
 *     it is not, records that nobody reads are among them, as those of aborted transactions
 * @param age how long the oldest of them has been there, at most; 0 where there are none
 */
public record Lag(long records, Duration age) {
  /** All is folded. */
  public static final Lag NONE = new Lag(0, Duration.ZERO);

  /** The age in seconds. */
  public double seconds() {
    return age.toMillis() / 1000.0;
  }
}
