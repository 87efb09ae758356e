package io.countess.state;

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

  byte[] encodedName() {
    return encodedName;
  }

  void policy(PolicyInForce newPolicy) {
    policy = newPolicy;
  }
}
