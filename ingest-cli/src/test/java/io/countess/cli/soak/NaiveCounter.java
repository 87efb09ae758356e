package io.countess.cli.soak;

import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import java.util.OptionalLong;

/**
 * A counter as POLICIES.md words it, by the most simple arithmetic that does it: it keeps every
 * contribution. All numbers here are small enough for a double to hold them exactly; those of a
 * gauge are doubles.
 */
interface NaiveCounter {
  /** A counter that does not exist yet. */
  static NaiveCounter of(Policy policy) {
    if (policy instanceof Policy.Expiring expiring) {
      return new NaiveExpiring(expiring);
    }
    if (policy instanceof Policy.Leaky leaky) {
      return new NaiveLeaky(leaky);
    }
    if (policy instanceof Policy.Window window) {
      return new NaiveWindow(window);
    }
    if (policy instanceof Policy.Limits limits) {
      return new NaiveLimits(limits);
    }
    if (policy instanceof Policy.Value) {
      return new NaiveValue();
    }
    return policy instanceof Policy.Total total
        ? new NaiveTotal(total)
        : new NaiveGauge((Policy.Gauge) policy);
  }

  /** Whether the bounds of a policy refuse nothing. */
  static boolean observes(Policy policy) {
    return policy.terms().mode() == Policy.Mode.OBSERVE;
  }

  /** The counter with what it has counted under another policy: this one, or one of its kind. */
  NaiveCounter under(Policy policy);

  /** What a put, set, write or reset would lead to; changes nothing. */
  Outcome outcome(Event event, When when);

  /** Carries out an event that is accepted; false where it changes nothing. */
  boolean take(Event event, String id, When when);

  /** What a put does that is refused: nothing, and false, in most kinds. */
  default boolean refuse(When when) {
    return false;
  }

  double countAt(long instant);

  /** What the counter adds to the total of its namespace. */
  double sharedAt(long instant);

  /** Whether there is anything of it. */
  boolean isLiveAt(long instant);

  /** Whether its last instant matters: by then something counts, or is kept. */
  default boolean isThereAt(long instant) {
    return isLiveAt(instant);
  }

  /** What a decision on an event says that the counter has, once the event is carried out. */
  default double toldAt(Event event, When when) {
    return countAt(when.instant());
  }

  /** Whether what a put added is no longer a matter of now, though a release can take it back. */
  default boolean isOver(String id, long instant) {
    return false;
  }

  /** How much of an accepted put a release gives back, at most {@code most}. */
  double left(String id, OptionalLong most, long instant);

  /** Whether as much as that has to come back, and not less. */
  default boolean isExact(long instant) {
    return true;
  }

  /** What a release leads to of something of which {@code amount} is left. */
  default Outcome losing(String id, double amount, OptionalLong most, long instant) {
    return amount == 0 || canLose(amount, instant) ? Outcome.ACCEPTED : Outcome.REFUSED;
  }

  /** Whether the bounds allow to take {@code amount} away. */
  boolean canLose(double amount, long instant);

  /** Takes back what a release gives. */
  void lose(String id, double amount, long instant);

  /** As much of {@code left} as a release may take. */
  static long part(long left, OptionalLong most) {
    return Long.signum(left) * Math.min(Math.abs(left), most.orElse(Long.MAX_VALUE));
  }

  /**
   * When an event was.
   *
   * @param own what its record says
   * @param instant of decision
   */
  record When(long own, long instant) {}
}
