package io.countess.count;

/**
 * A leaky bucket.
 *
 * @param atMillis the instant of the last decision that changed this
 * @param level at that instant, in the units of {@code drain}
 * @param drain how it drains from then on
 */
public record LeakyState(long atMillis, long level, Drain drain) implements State {
  @Override
  public long countAt(long millis) {
    return drain.ones(levelAt(millis));
  }

  @Override
  public long deadAtMillis() {
    long millis = drain.millisFor(level);
    return millis < NEVER - atMillis ? atMillis + millis : NEVER;
  }

  @Override
  public long lastEndMillis() {
    return NEVER;
  }

  @Override
  public void forEachEnd(EndVisitor visitor) {
    // Levels drain at every instant, so they have no sum by ends.
  }

  long levelAt(long millis) {
    return drain.after(level, Math.max(0, millis - atMillis));
  }
}
