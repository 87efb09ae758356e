package io.countess.count;

import io.countess.event.Amount;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.LimitCount;
import io.countess.event.Policy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A policy made ready to count by.
 *
 * <p>The instant of decision is e = max(record time, the counter's last instant, the floor), so
 * that for one counter time never runs backwards. A refused or impossible event leaves the state as
 * it was, so that refusing costs no write. There is one exception: a leaky bucket takes over a new
 * rate at the first put under it, refused or not.
 *
 * <p>A limit of 0 closes a counter: it refuses whatever would add to it, also what has ended, and
 * waiting does not help.
 *
 * <p>A policy that only observes accepts what one that enforces would refuse, or call impossible
 * because of a limit, bound or maxDelta, and says so. What can't be counted, as it would pass 64
 * bits or is not for the kind, stays impossible.
 */
public sealed interface Counting
    permits ExpiringCounting,
        LeakyCounting,
        WindowCounting,
        TotalCounting,
        GaugeCounting,
        ValueCounting,
        LimitsCounting {
  /** Makes {@code policy} ready. */
  static Counting of(Policy policy) {
    if (policy instanceof Policy.Expiring expiring) {
      return new ExpiringCounting(expiring);
    }
    if (policy instanceof Policy.Leaky leaky) {
      return new LeakyCounting(leaky);
    }
    if (policy instanceof Policy.Window window) {
      return new WindowCounting(window);
    }
    if (policy instanceof Policy.Total total) {
      return new TotalCounting(total);
    }
    if (policy instanceof Policy.Gauge gauge) {
      return new GaugeCounting(gauge);
    }
    if (policy instanceof Policy.Value value) {
      return new ValueCounting(value);
    }
    if (policy instanceof Policy.Limits limits) {
      return new LimitsCounting(limits);
    }
    throw new IllegalArgumentException("no arithmetic for " + policy);
  }

  Policy policy();

  /** The count of a counter that does not exist. */
  long initial();

  /**
   * Whether counters go on under this policy with what they counted under another one. If not, a
   * change from that one to this has to reset them.
   */
  default boolean canAdopt(Policy from) {
    return from.kind().equals(policy().kind());
  }

  /**
   * A counter's state as it is under this policy. It is the same object, unless the counter was
   * counted under a policy of another kind that can be adopted. All states have to come through
   * here first.
   *
   * @param before null where the counter does not exist
   */
  default State adopt(State before) {
    return before;
  }

  /** Whether counters that go on under this policy add to totals what they added before. */
  default boolean keepsSums() {
    return true;
  }

  /**
   * Whether an event is for this kind of counter at all, however large its amount is. An event of
   * another kind is a mistake of its sender. An event of this kind that is impossible just never
   * fits.
   */
  boolean takes(Event event);

  /**
   * Whether counts go down at every instant, as water drains. Such counters have no sum by ends,
   * and only their rows say up to when each is a live key.
   */
  default boolean drains() {
    return false;
  }

  /**
   * The value with its fraction, and what it may be at most, of a kind that has fractions.
   *
   * @param state null where the counter does not exist
   */
  default Optional<Decision.GaugeValue> gauge(State state) {
    return Optional.empty();
  }

  /** What is done about windows that have ended; null for a kind that has none. */
  default Keeping keeping() {
    return null;
  }

  /**
   * How long a counter keeps what happens to it, in milliseconds; 0 where it does not. A kind that
   * can says its {@link #number}, too.
   */
  default long journalMillis() {
    return 0;
  }

  /**
   * The number that a counter is, exactly: of a gauge with a fraction, be it 0. Empty where it
   * holds nothing.
   *
   * @param state null where the counter does not exist
   */
  default Optional<BigDecimal> number(State state, long atMillis) {
    throw new IllegalStateException("no journal is for the kind " + policy().kind());
  }

  /**
   * Folds one event.
   *
   * @param before the counter's state, null where it does not exist
   * @param event a put, set, write or reset
   * @param atMillis the event's own time
   * @param floorMillis no decision is made at an earlier instant
   */
  Folded apply(State before, Event event, long atMillis, long floorMillis);

  /** What a put leaves that is refused, whatever refuses it. */
  default State refusedAt(State before, long instant) {
    return before;
  }

  /**
   * Takes back what is left of what a put added, never more. Where nothing is left, that is
   * accepted and takes back 0.
   *
   * @param before the counter's state, null where it does not exist
   * @param added by the put; null where the counter was reset since, so that nothing is left
   * @param most how much to take back at most; empty for all that is left
   */
  Released release(State before, Added added, OptionalLong most, long atMillis, long floorMillis);

  /**
   * After how long the whole limit is free again if nothing else comes. Empty where there is no
   * limit, and where waiting does not help, as under a limit of 0.
   *
   * @param state null where the counter does not exist
   * @param atMillis not before the counter's last instant
   */
  default OptionalLong freeAfterMillis(State state, long atMillis) {
    if (policy().limit().orElse(0) == 0) {
      return OptionalLong.empty();
    }
    long free = state == null ? atMillis : state.freeAtMillis();
    return free == State.NEVER
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(0, free - atMillis));
  }

  /**
   * For how long puts as the policy has them can add no more than what remains of the limit,
   * whenever they come. After that more fits than now, if nothing comes meanwhile, or if the rest
   * is used up at once. Empty where there is no limit, and where waiting does not help.
   *
   * @param state null where the counter does not exist
   * @param atMillis not before the counter's last instant
   */
  OptionalLong moreAfterMillis(State state, long atMillis);

  /**
   * How a counter stands under each of several limits; empty where it has one, or none.
   *
   * @param state null where the counter does not exist
   * @param atMillis not before the counter's last instant
   */
  default List<LimitCount> limits(State state, long atMillis) {
    return List.of();
  }

  /**
   * A decision under a limit, saying when more may be added, and the whole limit is free.
   *
   * @param after the state that it led to
   */
  default Decision freeing(State after, Decision decision) {
    return decision.freeing(
        moreAfterMillis(after, decision.atMillis()), freeAfterMillis(after, decision.atMillis()));
  }

  /**
   * The answer to a put of {@code n} at an instant, which is not before the counter's last. It says
   * whether the put would be accepted, and if not, after how long it would be.
   */
  default Decision peek(State state, Amount n, long atMillis) {
    return apply(state, Event.Put.of(n), atMillis, atMillis).decision();
  }

  /** The same of a whole number. */
  default Decision peek(State state, long n, long atMillis) {
    return peek(state, Amount.of(n), atMillis);
  }

  /** How long the journal of a policy is. */
  static long journalMillis(Policy policy) {
    return policy.terms().journal().map(Duration::toMillis).orElse(0L);
  }

  /** The instant of decision. */
  static long instant(State before, long atMillis, long floorMillis) {
    long at = Math.max(atMillis, floorMillis);
    return before == null ? at : Math.max(at, before.atMillis());
  }
}
