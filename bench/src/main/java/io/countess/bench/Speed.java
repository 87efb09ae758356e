package io.countess.bench;

/**
 * What a run came to.
 *
 * @param perSecond operations that were answered
 * @param p50Millis half of them took at most that
 * @param p99Millis 99 in 100 took at most that
 */
record Speed(double perSecond, double p50Millis, double p99Millis) {
  /** The same, where each operation was a number of commands. */
  Speed times(int commands) {
    return new Speed(perSecond * commands, p50Millis, p99Millis);
  }

  @Override
  public String toString() {
    return "%s, p50 %s, p99 %s"
        .formatted(
            Unit.PER_SECOND.format(perSecond),
            Unit.MILLIS.format(p50Millis),
            Unit.MILLIS.format(p99Millis));
  }
}
