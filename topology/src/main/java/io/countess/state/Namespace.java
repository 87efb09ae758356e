package io.countess.state;

import io.countess.count.State;
import io.countess.count.Tally;
import io.countess.event.ByteString;
import io.countess.event.Policy;

/** A namespace in one partition. The fold's thread changes it; any thread may read it. */
public final class Namespace {
  private final ByteString name;
  private final byte[] encodedName;
  private final Tally tally = new Tally();
  private volatile PolicyInForce policy;

  /** Up to where the rows from before a reset have been swept away; null where there are none. */
  byte[] sweptTo;

  /** When all its buckets are empty that the fold has filled, in this epoch, if it is leaky. */
  long drainedAtMillis;

  boolean dirty;

  Namespace(ByteString name, byte[] encodedName, PolicyInForce policy) {
    this.name = name;
    this.encodedName = encodedName;
    this.policy = policy;
  }

  /** Its name. */
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
   * Up to when it takes one of the places that there are for namespaces in a partition: while it
   * has a policy of its own or a live key. Each of that is decided by the log alone. When a row is
   * removed is not, and for a bucket its key is live until then: so for buckets it is the time at
   * which the last of them is empty, be it reset before or not.
   */
  long placeUntilMillis() {
    PolicyInForce now = policy;
    if (now.version().isPresent()) {
      return State.NEVER;
    }
    boolean leaky = now.counting().policy() instanceof Policy.Leaky;
    return leaky ? drainedAtMillis : tally.lastKeyEndMillis();
  }

  byte[] encodedName() {
    return encodedName;
  }

  void policy(PolicyInForce newPolicy) {
    policy = newPolicy;
  }
}
