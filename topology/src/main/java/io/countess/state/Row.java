package io.countess.state;

import io.countess.count.State;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One counter's row, decoded. The fold's thread changes it; any thread may read its state.
 *
 * <p>A row whose epoch is not its namespace's is left over from before a reset. When the fold takes
 * such a row over it clears the state, then sets the epoch, then the new state, each with release.
 * A reader looks at the epoch first, at the state second and at the epoch again, each with acquire.
 * If it sees the right epoch the first time, it sees no older state; if the second time too, no
 * newer.
 */
public final class Row {
  private static final VarHandle STATE;
  private static final VarHandle EPOCH;

  static {
    try {
      var lookup = MethodHandles.lookup();
      STATE = lookup.findVarHandle(Row.class, "state", State.class);
      EPOCH = lookup.findVarHandle(Row.class, "epoch", long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  final byte[] storeKey;
  final int hash;
  private State state;
  private long epoch;

  /** The low 32 bits of the second when the expiry index will look at this row; 0 for never. */
  int armedSeconds;

  /**
   * What the row that stands in the store adds to its {@link RowSum}; 0 where none stands there.
   */
  long stored;

  boolean dirty;

  /** Set at each use, cleared by the hand of the clock that evicts rows. */
  boolean used;

  Row(byte[] storeKey, int hash, long epoch) {
    this.storeKey = storeKey;
    this.hash = hash;
    this.epoch = epoch;
  }

  /** The state, or null where the counter does not exist or is from another epoch. */
  public State stateIn(long wantedEpoch) {
    if ((long) EPOCH.getAcquire(this) != wantedEpoch) {
      return null;
    }
    State seen = (State) STATE.getAcquire(this);
    return (long) EPOCH.getAcquire(this) == wantedEpoch ? seen : null;
  }

  State state() {
    return state;
  }

  long epoch() {
    return epoch;
  }

  void set(State newState, long newEpoch) {
    if (newEpoch != epoch) {
      STATE.setRelease(this, null);
      EPOCH.setRelease(this, newEpoch);
    }
    STATE.setRelease(this, newState);
  }
}
