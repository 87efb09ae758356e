package io.countess.client;

import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Outcome;
import java.util.function.BiFunction;

/** What became of a claim. */
public final class Claimed {
  private final CounterName counter;
  private final String id;
  private final Decision decision;
  private final BiFunction<CounterName, Claimed, Decision> release;

  /**
   * @param counter that can release it
   * @param release gives back what is left of it
   */
  Claimed(
      CounterName counter,
      String id,
      Decision decision,
      BiFunction<CounterName, Claimed, Decision> release) {
    this.counter = counter;
    this.id = id;
    this.decision = decision;
    this.release = release;
  }

  /** Work that a claim is for. */
  @FunctionalInterface
  public interface Work<T, X extends Exception> {
    /** Does it. */
    T run() throws X;
  }

  /** Under which it can be released while the policy's {@code dedupe} lasts. */
  public String id() {
    return id;
  }

  public Decision decision() {
    return decision;
  }

  /** Whether all of it was granted. */
  public boolean isGranted() {
    return decision.outcome() == Outcome.ACCEPTED;
  }

  /**
   * Does the work that was claimed for, and gives the claim back where that fails.
   *
   * <p>Where it can't be given back, the failure of the work has that as a suppressed exception.
   * The claim can be released later, by its id. So it can where this process dies at work.
   *
   * @return what the work returns
   * @throws X what the work throws
   * @throws NotGrantedException where the claim was not granted; nothing is done then
   */
  public <T, X extends Exception> T orGiveBack(Work<T, X> work) throws X {
    if (!isGranted()) {
      throw new NotGrantedException(this);
    }
    try {
      return work.run();
    } catch (Throwable failure) { // an error, too: what it was taken for is not done
      giveBackAfter(failure);
      throw failure;
    }
  }

  /** Gives back what is left of it; once more gives back nothing more. */
  public Decision giveBack() {
    return release.apply(counter, this);
  }

  private void giveBackAfter(Throwable failure) {
    try {
      giveBack();
    } catch (RuntimeException unknown) {
      failure.addSuppressed(unknown);
    }
  }

  @Override
  public String toString() {
    return "claim " + id + ": " + decision;
  }
}
