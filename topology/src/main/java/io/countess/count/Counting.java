package io.countess.count;

import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import io.countess.event.Policy;
import java.util.OptionalLong;

/**
 * A policy made ready to count by.
 *
 * <p>The instant of decision is e = max(record time, the counter's last instant, the floor), so
 * that for one counter time never runs backwards. A refused or impossible event leaves the state as
 * it was, so that refusing costs no write; except that a leaky bucket takes over a new rate at the
 * first put that comes under it, refused or not.
 */
public sealed interface Counting permits ExpiringCounting, LeakyCounting, TotalCounting {
  /** Makes {@code policy} ready. */
  static Counting of(Policy policy) {
    if (policy instanceof Policy.Expiring expiring) {
      return new ExpiringCounting(expiring);
    }
    if (policy instanceof Policy.Leaky leaky) {
      return new LeakyCounting(leaky);
    }
    if (policy instanceof Policy.Total total) {
      return new TotalCounting(total);
    }
    throw new InvalidInputException("kind", "is " + policy.kind() + ", which is not counted yet");
  }

  /** The policy. */
  Policy policy();

  /** The count of a counter that does not exist. */
  long initial();

  /**
   * Folds one event.
   *
   * @param before the counter's state, null where it does not exist
   * @param event a put, set or reset
   * @param atMillis the event's own time
   * @param floorMillis no decision is made at an earlier instant
   */
  Folded apply(State before, Event event, long atMillis, long floorMillis);

  /**
   * Takes back what is left of what a put added, never more.
   *
   * @param before the counter's state, null where it does not exist
   * @param added by the put
   * @param most how much to take back at most; empty for all that is left
   */
  default Released release(
      State before, Added added, OptionalLong most, long atMillis, long floorMillis) {
    throw new UnsupportedOperationException();
  }

  /** The instant of decision. */
  static long instant(State before, long atMillis, long floorMillis) {
    long at = Math.max(atMillis, floorMillis);
    return before == null ? at : Math.max(at, before.atMillis());
  }
}
