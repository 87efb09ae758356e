package io.countess.state;

import io.countess.count.Counting;
import io.countess.count.Keeping;
import io.countess.count.KeptWindows;
import io.countess.count.State;
import io.countess.count.WindowState;

/**
 * Which windows of which counters are kept after their end. That is decided by the policy of a
 * counter, and by what its namespace has stopped to keep ({@link PolicyInForce#keptFrom}). So it is
 * a matter of the log alone, and not of when rows are removed.
 */
final class EndedWindows {
  private final KeptRows rows;
  private final OwnPolicies ownPolicies;

  EndedWindows(KeptRows rows, OwnPolicies ownPolicies) {
    this.rows = rows;
    this.ownPolicies = ownPolicies;
  }

  ExpiryIndex expiry() {
    return rows.expiry();
  }

  /** What is left of a counter's windows at an instant. */
  Keeping.Past past(Namespace namespace, byte[] recordKey, State last, long atMillis) {
    OwnPolicy own = own(namespace, recordKey);
    PolicyInForce policy = namespace.policy();
    Keeping keeping = own.under(policy).keeping();
    long after = Math.max(keeping.horizonMillis(atMillis), own.keptFrom(policy));
    return new Keeping.Past(last, rows.find(recordKey, policy.epoch()), after);
  }

  /** Up to when the row of a counter is needed, which may be longer than it counts something. */
  long untilMillis(Namespace namespace, byte[] recordKey, State state) {
    return state instanceof WindowState window
        ? untilMillis(namespace, recordKey, window.endMillis())
        : state.deadAtMillis();
  }

  /** Up to when a window of a counter is kept, and no earlier than it ends. */
  private long untilMillis(Namespace namespace, byte[] recordKey, long endMillis) {
    OwnPolicy own = own(namespace, recordKey);
    Keeping keeping = own.under(namespace.policy()).keeping();
    boolean isKept =
        keeping != null && keeping.keeps() && endMillis > own.keptFrom(namespace.policy());
    return isKept ? Math.max(endMillis, keeping.keptUntilMillis(endMillis)) : endMillis;
  }

  /** Gives a counter other kept windows. */
  void change(Namespace namespace, byte[] recordKey, KeptWindows windows, long nowMillis) {
    long until = windows.isEmpty() ? 0 : untilMillis(namespace, recordKey, windows.lastEndMillis());
    rows.change(recordKey, namespace.policy().epoch(), windows, until, nowMillis);
  }

  /** Removes a row that the expiry index has come to, if none of its windows is kept any more. */
  void expire(Namespace namespace, byte[] recordKey, int due, long floorMillis) {
    KeptRow row = rows.row(recordKey);
    if (row != null && row.armedSeconds() == due) {
      KeptWindows left = left(namespace, recordKey, row, floorMillis);
      long until = left.isEmpty() ? 0 : untilMillis(namespace, recordKey, left.lastEndMillis());
      rows.armAgain(recordKey, row, left, until, floorMillis);
    }
  }

  /**
   * Removes what of a row is kept no more, before the expiry index comes to it.
   *
   * @param namespace null where it is gone
   */
  void trim(Namespace namespace, byte[] recordKey, long floorMillis) {
    KeptRow row = rows.row(recordKey);
    if (row != null) {
      KeptWindows left = left(namespace, recordKey, row, floorMillis);
      if (!left.equals(row.windows())) {
        rows.change(recordKey, row.epoch(), left, 0, floorMillis);
      }
    }
  }

  private KeptWindows left(Namespace namespace, byte[] recordKey, KeptRow row, long floorMillis) {
    if (namespace == null || namespace.policy().epoch() != row.epoch()) {
      return KeptWindows.NONE;
    }
    OwnPolicy own = own(namespace, recordKey);
    Counting counting = own.under(namespace.policy());
    Keeping keeping = counting.keeping();
    if (keeping == null || !keeping.keeps()) {
      return KeptWindows.NONE;
    }
    long after = Math.max(keeping.horizonMillis(floorMillis), own.keptFrom(namespace.policy()));
    return row.windows().keeping(after, keeping.most());
  }

  /** Whether the last window of a counter has ended, and is not kept either. */
  boolean isOver(Namespace namespace, byte[] recordKey, State state, long floorMillis) {
    return state.deadAtMillis() <= floorMillis
        && untilMillis(namespace, recordKey, state) <= floorMillis;
  }

  private OwnPolicy own(Namespace namespace, byte[] recordKey) {
    return namespace.hasOwnPolicies() ? ownPolicies.of(recordKey) : OwnPolicy.NONE;
  }
}
