package io.countess.count;

import io.countess.event.Amount;

/**
 * A running sum.
 *
 * @param atMillis the instant of the last decision that changed this
 */
public record TotalState(long atMillis, long value) implements State {
  @Override
  public long countAt(long millis) {
    return value;
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
    visitor.visit(NEVER, value);
  }

  @Override
  public Added added(Amount n, long endMillis) {
    return new Added.Summed(n.whole());
  }

  @Override
  public StateForm form() {
    return StateForm.TOTAL;
  }

  @Override
  public void write(VarOutput out) {
    out.writeSigned(value);
  }

  static State read(long atMillis, VarInput in) {
    return new TotalState(atMillis, in.readSigned());
  }
}
