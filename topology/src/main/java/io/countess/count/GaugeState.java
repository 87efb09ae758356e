package io.countess.count;

import io.countess.event.Amount;
import io.countess.event.Decision.GaugeValue;
import java.util.OptionalDouble;

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
    return GaugeValue.nearest(value);
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

  @Override
  public Added added(Amount n, long endMillis) {
    return new Added.Real(n.real());
  }

  @Override
  public OptionalDouble real() {
    return OptionalDouble.of(value);
  }

  @Override
  public StateForm form() {
    return StateForm.GAUGE;
  }

  @Override
  public void write(VarOutput out) {
    out.write(Long.reverseBytes(Double.doubleToRawLongBits(value)));
  }

  static State read(long atMillis, VarInput in) {
    return new GaugeState(atMillis, Double.longBitsToDouble(Long.reverseBytes(in.read())));
  }
}
