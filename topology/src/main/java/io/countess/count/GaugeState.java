package io.countess.count;

/**
 * The value of a gauge.
 *
 * @param atMillis the instant of the last decision that changed this
 * @param value finite, and never the negative zero
 */
public record GaugeState(long atMillis, double value) implements State {
  /** Makes the negative zero a positive one. */
  public GaugeState {
    value += 0.0;
  }

  /** The value as far as a whole number can say it: to order listings by. */
  @Override
  public long countAt(long millis) {
    return Math.round(value);
  }

  @Override
  public long deadAtMillis() {
    return NEVER;
  }

  @Override
  public long lastEndMillis() {
    return NEVER;
  }

  @Override
  public void forEachEnd(EndVisitor visitor) {
    // Temperatures have no sum that would mean anything.
  }
}
