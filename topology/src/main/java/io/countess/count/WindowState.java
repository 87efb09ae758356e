package io.countess.count;

import io.countess.event.Amount;
import io.countess.event.WindowSpan;

/**
 * The sum of one window.
 *
 * @param atMillis the instant of the last decision that changed this; in the window
 * @param startMillis when the window began: what is said here holds, whatever the policy and the
 *     data about time zones say by now
 * @param endMillis when it ends
 * @param n the sum of its puts
 */
public record WindowState(long atMillis, long startMillis, long endMillis, long n)
    implements State {
  @Override
  public long countAt(long millis) {
    return millis < endMillis ? n : 0;
  }

  @Override
  public long deadAtMillis() {
    return endMillis;
  }

  @Override
  public long lastEndMillis() {
    return endMillis;
  }

  @Override
  public void forEachEnd(EndVisitor visitor) {
    visitor.visit(endMillis, n);
  }

  @Override
  public Added added(Amount n, long end) {
    return new Added.Ending(end, n.whole());
  }

  @Override
  public StateForm form() {
    return StateForm.WINDOW;
  }

  @Override
  public void write(VarOutput out) {
    out.write(atMillis - startMillis).write(endMillis - atMillis).writeSigned(n);
  }

  static State read(long atMillis, VarInput in) {
    return new WindowState(atMillis, atMillis - in.read(), atMillis + in.read(), in.readSigned());
  }

  /** From when to when it lasts. */
  public WindowSpan span() {
    return new WindowSpan(startMillis, endMillis);
  }

  WindowState with(long instant, long sum) {
    return new WindowState(instant, startMillis, endMillis, sum);
  }
}
