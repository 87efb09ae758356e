package io.countess.count;

import io.countess.event.Amount;

/**
 * What a counter has under several limits.
 *
 * @param atMillis the instant of the last decision that changed this
 * @param each its state under each limit, in their order: null where it has none, which may be so
 *     at the end since limits were added; never changed
 */
public record LimitsState(long atMillis, State[] each) implements State {
  private static final int NONE = 0;

  /** The state of a counter that had one limit so far. */
  static LimitsState of(State first) {
    return new LimitsState(first.atMillis(), new State[] {first});
  }

  /** The state under a limit, null where there is none. */
  State at(int limit) {
    return limit < each.length ? each[limit] : null;
  }

  @Override
  public long countAt(long millis) {
    return each[0] == null ? 0 : each[0].countAt(millis);
  }

  @Override
  public long deadAtMillis() {
    long last = 0;
    for (State one : each) {
      last = one == null ? last : Math.max(last, one.deadAtMillis());
    }
    return last;
  }

  @Override
  public long lastEndMillis() {
    long last = 0;
    for (State one : each) {
      last = one == null ? last : Math.max(last, one.lastEndMillis());
    }
    return last;
  }

  /** The totals of a namespace go by the first limit. */
  @Override
  public void forEachEnd(EndVisitor visitor) {
    if (each[0] != null) {
      each[0].forEachEnd(visitor);
    }
  }

  /** A put may be late for some limits, so {@link Folded} says what it added. */
  @Override
  public Added added(Amount n, long endMillis) {
    throw new UnsupportedOperationException("what a put added does not follow from the state");
  }

  @Override
  public StateForm form() {
    return StateForm.LIMITS;
  }

  @Override
  public void write(VarOutput out) {
    out.write(each.length);
    for (State one : each) {
      if (one == null) {
        out.writeByte(NONE);
      } else {
        out.writeByte(one.form().code()).write(atMillis - one.atMillis());
        one.write(out);
      }
    }
  }

  static State read(long atMillis, VarInput in) {
    var each = new State[(int) in.read()];
    for (int i = 0; i < each.length; i++) {
      int code = in.readByte();
      each[i] = code == NONE ? null : StateForm.of(code).read(atMillis - in.read(), in);
    }
    return new LimitsState(atMillis, each);
  }
}
