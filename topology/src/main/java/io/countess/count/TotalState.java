package io.countess.count;

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
}
