package io.countess.state;

import io.countess.count.State;
import io.countess.count.Tally;
import io.countess.event.ByteString;

/** A namespace in one partition. The fold's thread changes it; any thread may read it. */
public final class Namespace {
  private final ByteString name;
  private final byte[] encodedName;
  private final Tally tally = new Tally();
  private volatile PolicyInForce policy;

  /** Up to where the rows from before a reset have been swept away; null where there are none. */
  byte[] sweptTo;

  /** When all its counters have drained that the fold has changed in this epoch, if they do. */
  long drainedAtMillis;

  /** How many of its counters have a policy or a plan of their own. Any thread may read it. */
  volatile long ownPolicies;

  /**
   * Whether a counter of it ever had a policy that lapses. When that was removed is not decided by
   * the log, so that there was one has to be known.
   */
  boolean lapses;

  boolean dirty;

  Namespace(ByteString name, byte[] encodedName, PolicyInForce policy) {
    this.name = name;
    this.encodedName = encodedName;
    this.policy = policy;
  }

  public ByteString name() {
    return name;
  }

  /** The totals of its live keys. */
  public Tally tally() {
    return tally;
  }

  /** How it counts now. */
  public PolicyInForce policy() {
    return policy;
  }

  /**
   * Up to when it takes one of a partition's places for namespaces: while it has a policy of its
   * own, a counter with one, or a live key; and once a counter had one that lapsed. Each of that is
   * decided by the log alone. The removal of a row is not, and the key of a counter that drains is
   * live until then. So for these it is the time at which the last of them has drained, whether it
   * was reset before or not. Among them may be some that have not been changed since a bucket was
   * added to the limits.
   */
  long placeUntilMillis() {
    PolicyInForce now = policy;
    if (now.version().isPresent() || ownPolicies > 0 || lapses) {
      return State.NEVER;
    }
    return now.counting().drains()
        ? Math.max(drainedAtMillis, tally.lastKnownKeyEndMillis())
        : tally.lastKeyEndMillis();
  }

  /** Whether counters in it have policies or plans of their own. */
  public boolean hasOwnPolicies() {
    return ownPolicies > 0;
  }

  /** Takes note that so many more counters have policies of their own, or fewer. */
  void noteOwn(int more) {
    long before = ownPolicies;
    ownPolicies = before + more;
  }

  /** Takes note of what one of its counters has come to. */
  void noteEnd(State after) {
    if (policy.counting().drains()) {
      drainedAtMillis = Math.max(drainedAtMillis, after.deadAtMillis());
    }
  }

  byte[] encodedName() {
    return encodedName;
  }

  void policy(PolicyInForce newPolicy) {
    policy = newPolicy;
  }
}
