package io.countess.count;

import io.countess.event.Amount;
import java.util.Arrays;

/**
 * Amounts by when they end. The last of them stands by itself: most counters have no other, and
 * most puts add to it.
 *
 * @param atMillis the instant of the last decision that changed this
 * @param lastEndMillis when the last amount ends, in milliseconds since the epoch; after {@code
 *     atMillis}
 * @param lastAmount what ends then
 * @param earlier pairs of an earlier end (ascending, each after {@code atMillis}) and the amount
 *     that ends then; never changed
 */
public record ExpiringState(long atMillis, long lastEndMillis, long lastAmount, long[] earlier)
    implements State {
  private static final long[] NONE = {};

  /** The state of a counter with one amount. */
  public static ExpiringState of(long atMillis, long end, long amount) {
    return new ExpiringState(atMillis, end, amount, NONE);
  }

  /** The state with these pairs of an end, ascending, and an amount; at least one. */
  public static ExpiringState of(long atMillis, long... pairs) {
    int last = pairs.length - 2;
    long[] earlier = last == 0 ? NONE : Arrays.copyOf(pairs, last);
    return new ExpiringState(atMillis, pairs[last], pairs[last + 1], earlier);
  }

  /** How many different ends there are. */
  public int size() {
    return earlier.length / 2 + 1;
  }

  @Override
  public long countAt(long millis) {
    if (lastEndMillis <= millis) {
      return 0;
    }
    long sum = lastAmount;
    for (int i = earlier.length - 2; i >= 0 && earlier[i] > millis; i -= 2) {
      sum += earlier[i + 1];
    }
    return sum;
  }

  @Override
  public long deadAtMillis() {
    return lastEndMillis;
  }

  @Override
  public void forEachEnd(EndVisitor visitor) {
    for (int i = 0; i < earlier.length; i += 2) {
      visitor.visit(earlier[i], earlier[i + 1]);
    }
    visitor.visit(lastEndMillis, lastAmount);
  }

  @Override
  public Added added(Amount n, long endMillis) {
    return new Added.Ending(endMillis, n.whole());
  }

  @Override
  public StateForm form() {
    return StateForm.EXPIRING;
  }

  @Override
  public void write(VarOutput out) {
    out.write(size());
    long last = atMillis;
    for (int i = 0; i < earlier.length; i += 2) {
      out.write(earlier[i] - last).write(earlier[i + 1]);
      last = earlier[i];
    }
    out.write(lastEndMillis - last).write(lastAmount);
  }

  static State read(long atMillis, VarInput in) {
    long[] pairs = new long[2 * (int) in.read()];
    long last = atMillis;
    for (int i = 0; i < pairs.length; i += 2) {
      last += in.read();
      pairs[i] = last;
      pairs[i + 1] = in.read();
    }
    return of(atMillis, pairs);
  }

  /**
   * What is left of {@code before} at {@code atMillis}, with {@code n} more that end at {@code
   * end}.
   */
  static ExpiringState add(ExpiringState before, long atMillis, long end, long n) {
    if (before == null || before.lastEndMillis <= atMillis) {
      return of(atMillis, end, n);
    }
    long[] left = before.earlierAfter(atMillis);
    long last = before.lastEndMillis;
    if (end < last) {
      return new ExpiringState(atMillis, last, before.lastAmount, with(left, end, n));
    }
    if (end == last) {
      return new ExpiringState(atMillis, last, before.lastAmount + n, left);
    }
    return new ExpiringState(atMillis, end, n, with(left, last, before.lastAmount));
  }

  /** What ends at {@code end}. */
  long amountEnding(long end) {
    if (end == lastEndMillis) {
      return lastAmount;
    }
    for (int i = 0; i < earlier.length; i += 2) {
      if (earlier[i] == end) {
        return earlier[i + 1];
      }
    }
    return 0;
  }

  /**
   * What is left of {@code before} at {@code atMillis}, with {@code n} less that end at {@code
   * end}, of which there are as many; null where that is nothing.
   */
  static ExpiringState take(ExpiringState before, long atMillis, long end, long n) {
    long[] left = before.earlierAfter(atMillis);
    long last = before.lastEndMillis;
    if (end < last) {
      return new ExpiringState(atMillis, last, before.lastAmount, without(left, end, n));
    }
    if (n < before.lastAmount) {
      return new ExpiringState(atMillis, last, before.lastAmount - n, left);
    }
    return left.length == 0 ? null : of(atMillis, left);
  }

  /** The first instant, if any, at which no more than {@code room} is left; NEVER if none. */
  long whenAtMost(long room, long fromMillis) {
    long left = countAt(fromMillis);
    if (left <= room) {
      return fromMillis;
    }
    for (int i = firstAfter(fromMillis); i < earlier.length; i += 2) {
      left -= earlier[i + 1];
      if (left <= room) {
        return earlier[i];
      }
    }
    return room >= 0 ? lastEndMillis : NEVER;
  }

  private long[] earlierAfter(long millis) {
    int from = firstAfter(millis);
    if (from == earlier.length) {
      return NONE;
    }
    return from == 0 ? earlier : Arrays.copyOfRange(earlier, from, earlier.length);
  }

  private int firstAfter(long millis) {
    int i = 0;
    while (i < earlier.length && earlier[i] <= millis) {
      i += 2;
    }
    return i;
  }

  /** A copy of the pairs with {@code n} more that end at {@code end}. */
  private static long[] with(long[] pairs, long end, long n) {
    int at = pairs.length;
    while (at > 0 && pairs[at - 2] > end) {
      at -= 2;
    }
    if (at > 0 && pairs[at - 2] == end) {
      long[] merged = pairs.clone();
      merged[at - 1] += n;
      return merged;
    }
    long[] merged = new long[pairs.length + 2];
    System.arraycopy(pairs, 0, merged, 0, at);
    merged[at] = end;
    merged[at + 1] = n;
    System.arraycopy(pairs, at, merged, at + 2, pairs.length - at);
    return merged;
  }

  /** A copy of the pairs with {@code n} less that end at {@code end}. */
  private static long[] without(long[] pairs, long end, long n) {
    int at = 0;
    while (pairs[at] != end) {
      at += 2;
    }
    if (pairs[at + 1] > n) {
      long[] reduced = pairs.clone();
      reduced[at + 1] -= n;
      return reduced;
    }
    long[] kept = new long[pairs.length - 2];
    System.arraycopy(pairs, 0, kept, 0, at);
    System.arraycopy(pairs, at + 2, kept, at, kept.length - at);
    return kept;
  }
}
