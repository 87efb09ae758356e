package io.countess.fold;

import io.countess.count.Added;
import io.countess.count.Counting;
import io.countess.count.Folded;
import io.countess.count.Keeping;
import io.countess.count.KeptWindows;
import io.countess.count.Released;
import io.countess.count.State;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.RecordKey;
import io.countess.state.Namespace;
import io.countess.state.OwnPolicy;
import io.countess.state.PartitionState;
import io.countess.state.PolicyInForce;
import io.countess.state.Row;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A counter as a record finds it.
 *
 * @param key its canonical record key
 * @param policy of its namespace
 * @param own what it has of its own to count by
 * @param counting what it counts by: its own policy or plan, or that of its namespace
 * @param row null where it has none
 * @param before its state under that policy, null where it does not exist
 */
record Counter(
    byte[] key,
    Namespace namespace,
    PolicyInForce policy,
    OwnPolicy own,
    Counting counting,
    Row row,
    State before) {
  /** Looks it up; null where the partition holds as many namespaces as it can. */
  static Counter load(PartitionState state, byte[] key, int separator) {
    Namespace namespace = state.namespace(key, separator);
    if (namespace == null) {
      return null;
    }
    PolicyInForce policy = namespace.policy();
    OwnPolicy own = state.own(namespace, key);
    Row row = state.row(key);
    State before = row == null ? null : row.stateIn(policy.epoch());
    Counting counting = own.under(policy);
    return new Counter(key, namespace, policy, own, counting, row, counting.adopt(before));
  }

  /** Whether it keeps windows that have ended at an instant. */
  boolean keeps(PartitionState state, long instant) {
    Keeping keeping = counting.keeping();
    return keeping != null
        && keeping.keeps()
        && state.past(namespace, key, before, instant).isAnyLeft();
  }

  /** Nothing is left of it, not even windows that have ended. */
  Folded emptied(Decision decision) {
    Keeping keeping = counting.keeping();
    Folded emptied = Folded.replaced(null, decision);
    return keeping != null && keeping.keeps() ? emptied.keeping(KeptWindows.NONE) : emptied;
  }

  /**
   * What is left of it when it comes to be counted by something else that it can go on under: its
   * windows that have ended go, as far as either keeps them no more. Null where nothing changes.
   */
  Folded settled(PartitionState state, Counting next, Incoming in) {
    Keeping one = counting.keeping();
    Keeping other = next.keeping();
    if (one == null || !one.keeps() && (other == null || !other.keeps())) {
      return null;
    }
    if (other == null) {
      return Folded.replaced(next.adopt(before), accepted(instant(state, in)))
          .keeping(KeptWindows.NONE);
    }
    long instant = instant(state, in);
    Keeping.Past past = state.past(namespace, key, before, instant);
    long after = Math.max(past.afterMillis(), other.horizonMillis(instant));
    KeptWindows kept = past.kept().keeping(after, other.most());
    boolean isOver = before != null && before.deadAtMillis() <= Math.min(instant, after);
    return Folded.replaced(isOver ? null : before, accepted(instant))
        .keeping(kept.equals(past.kept()) ? null : kept);
  }

  private static Decision accepted(long instant) {
    return new Decision(Outcome.ACCEPTED, Optional.empty(), instant);
  }

  /** The same counter, counted by something else from this state on. */
  Counter by(Counting other, State from) {
    return new Counter(key, namespace, policy, own, other, row, from);
  }

  /** The same, of a canonical record key. */
  static Counter load(PartitionState state, byte[] key) {
    return load(state, key, RecordKey.separator(key));
  }

  /** The instant at which a record is decided here. */
  long instant(PartitionState state, Incoming in) {
    return Counting.instant(before, in.atMillis(), state.checkpoint().floorMillis());
  }

  /**
   * The present, as far as a record tells it. Waits are counted from here, also where somebody's
   * clock has taken the counter's own instant ahead.
   */
  static long present(PartitionState state, Incoming in) {
    return Math.max(in.atMillis(), state.checkpoint().floorMillis());
  }

  /** Whether an event is for this kind of counter, however large its amount is. */
  boolean takes(Event event) {
    return counting().takes(event);
  }

  /** What has passed for ids when a record comes. */
  static long age(PartitionState state, Incoming in) {
    return state.checkpoint().ageAt(present(state, in));
  }

  /** What an event of a record leads to; nothing is changed by it. */
  Folded fold(PartitionState state, Event event, Incoming in) {
    long floorMillis = state.checkpoint().floorMillis();
    Folded folded = counting().apply(before, event, in.atMillis(before), floorMillis);
    Keeping keeping = counting().keeping();
    if (keeping != null && keeping.concerns(before, event, folded)) {
      Keeping.Past past = state.past(namespace, key, before, folded.decision().atMillis());
      folded = keeping.complete(past, event, folded, in.atMillis(before));
    }
    return folded.freeing(counting()).waitingFrom(present(state, in));
  }

  /** What a release leads to; nothing is changed by it. */
  Released release(PartitionState state, Added added, OptionalLong most, Incoming in) {
    long instant = instant(state, in);
    Keeping keeping = counting().keeping();
    Released released =
        keeping != null && keeping.concerns(before, added, instant)
            ? keeping.release(state.past(namespace, key, before, instant), added, most, instant)
            : counting()
                .release(before, added, most, in.atMillis(), state.checkpoint().floorMillis());
    return released.freeing(counting(), present(state, in));
  }

  /** Takes over what an event led to. */
  void apply(PartitionState state, Folded folded) {
    if (folded.after() != before || folded.kept() != null) {
      state.apply(key, row, namespace, before, folded);
    }
  }
}
