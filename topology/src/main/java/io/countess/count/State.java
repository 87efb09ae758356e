package io.countess.count;

import io.countess.event.Amount;
import io.countess.event.Held;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the puts of one counter have left: immutable, and enough to count at any later instant. */
public sealed interface State
    permits ExpiringState,
        LeakyState,
        WindowState,
        TotalState,
        GaugeState,
        ValueState,
        LimitsState {
  /** An end that never comes. */
  long NEVER = Long.MAX_VALUE;

  /** The count at an instant that is not before {@link #atMillis()}. */
  long countAt(long millis);

  /** The instant of the last decision that changed this counter. */
  long atMillis();

  /** From when on this counter is as if it had never been, or {@link #NEVER}. */
  long deadAtMillis();

  /**
   * From when on nothing is counted and the whole limit is free again, if nothing else comes;
   * {@link #NEVER} where waiting does not help.
   */
  default long freeAtMillis() {
    return deadAtMillis();
  }

  /**
   * Up to when this counter is a live key for the totals of its namespace; {@link #NEVER} where
   * that is not known in advance.
   */
  long lastEndMillis();

  /** Visits what this counter adds to the totals of its namespace, by when that ends. */
  void forEachEnd(EndVisitor visitor);

  /**
   * What a put of {@code n} added that led to this.
   *
   * @param endMillis as {@link Folded} says it
   */
  Added added(Amount n, long endMillis);

  /** The value with its fraction, of a kind that has fractions. */
  default OptionalDouble real() {
    return OptionalDouble.empty();
  }

  /** What it holds at an instant, of a kind that holds a number or nothing. */
  default Optional<Held> heldAt(long millis) {
    return Optional.empty();
  }

  /** The form that this is written in. */
  StateForm form();

  /** Writes what has to be known beside the form and {@link #atMillis()}. */
  void write(VarOutput out);

  /** Takes an amount and when it ends. */
  interface EndVisitor {
    void visit(long endMillis, long n);
  }
}
