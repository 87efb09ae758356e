package io.countess.state;

import io.countess.answer.PolicyHistory;
import io.countess.count.Counting;
import io.countess.event.ByteString;
import io.countess.event.Policy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The policies and plans that counters have of their own. The newest change in a counter's {@link
 * PolicyHistories} is what it has, so it has it also while its count is nothing and no row of it is
 * there. What was used last is kept decoded, and equal policies are one object. The fold's thread
 * changes; any thread may read.
 */
public final class OwnPolicies {
  /** How many different policies are kept ready; more are made ready again where they are met. */
  private static final int MOST_READY = 10_000;

  private final PolicyHistories history;
  private final int most;
  private final Map<Policy, Counting> ready = new ConcurrentHashMap<>();

  /** Met since {@code older} was filled: where this is full it takes that one's place. */
  private volatile Map<StoreKey, OwnPolicy> newer = new ConcurrentHashMap<>();

  private volatile Map<StoreKey, OwnPolicy> older = Map.of();

  /**
   * @param most how many counters are kept, those too that have nothing of their own
   */
  OwnPolicies(PolicyHistories history, int most) {
    this.history = history;
    this.most = most;
  }

  void drop() {
    newer = new ConcurrentHashMap<>();
    older = Map.of();
    ready.clear();
  }

  /** What a counter has, for the fold's thread. */
  public OwnPolicy of(byte[] recordKey) {
    var key = new StoreKey(recordKey);
    OwnPolicy found = newer.get(key);
    if (found == null) {
      found = older.get(key);
      found = found != null ? found : read(recordKey);
      keep(key, found);
    }
    return found;
  }

  /** What a counter has, for any thread. */
  OwnPolicy find(byte[] recordKey) {
    var key = new StoreKey(recordKey);
    OwnPolicy found = newer.get(key);
    found = found != null ? found : older.get(key);
    return found != null ? found : read(recordKey);
  }

  /** Gives a counter what a change says, which may be nothing. */
  public void change(Namespace namespace, byte[] recordKey, PolicyHistory.Change change) {
    OwnPolicy before = of(recordKey);
    history.changed(recordKey, change);
    OwnPolicy after = inForce(change);
    keep(new StoreKey(recordKey), after);
    namespace.noteOwn((after.isNone() ? 0 : 1) - (before.isNone() ? 0 : 1));
    namespace.lapses |= after.lapses();
  }

  /** Takes from a counter what it has, and the history of that. */
  void take(Namespace namespace, byte[] recordKey) {
    history.forget(recordKey);
    keep(new StoreKey(recordKey), OwnPolicy.NONE);
    namespace.noteOwn(-1);
  }

  /** The changes of a counter's policy, the newest first. */
  List<PolicyHistory.Change> history(byte[] recordKey) {
    return history.read(recordKey);
  }

  /** Takes counters with what they have, in key order. */
  interface Visitor {
    /** Returns whether to go on. */
    boolean visit(ByteString key, PolicyHistory.Change newest);
  }

  /** Visits the counters of a namespace that have something of their own, from a key on. */
  void scan(byte[] encodedName, ByteString from, Visitor visitor) {
    byte[] prefix = RecordKeys.prefix(encodedName);
    history.scan(
        RecordKeys.of(encodedName, from),
        prefix,
        (recordKey, newest) ->
            recordKey.length == prefix.length
                || newest.isDrop()
                || visitor.visit(
                    ByteString.of(recordKey, prefix.length, recordKey.length), newest));
  }

  /** A policy made ready to count by. */
  public Counting ready(Policy policy) {
    if (ready.size() >= MOST_READY) {
      ready.clear();
    }
    return ready.computeIfAbsent(policy, Counting::of);
  }

  private void keep(StoreKey key, OwnPolicy found) {
    if (newer.size() >= Math.max(1, most / 2)) {
      older = newer;
      newer = new ConcurrentHashMap<>();
    }
    newer.put(key, found);
  }

  private OwnPolicy read(byte[] recordKey) {
    List<PolicyHistory.Change> changes = history.read(recordKey);
    return changes.isEmpty() ? OwnPolicy.NONE : inForce(changes.get(0));
  }

  private OwnPolicy inForce(PolicyHistory.Change change) {
    return new OwnPolicy(
        change.policy().map(this::ready).orElse(null),
        change.plan().orElse(null),
        change.version());
  }
}
