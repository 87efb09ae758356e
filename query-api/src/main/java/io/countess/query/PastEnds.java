package io.countess.query;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.OptionalLong;

/**
 * Where a partition's log ended at moments before. Only what a record that is not folded yet can be
 * held against is kept, and of that, where it is much, every second one is left out.
 */
final class PastEnds {
  static final int MAX_KEPT = 1024;

  private final ArrayDeque<Sight> sights = new ArrayDeque<>();
  private long firstNanos;
  private boolean any;

  /**
   * @param nanos when the log was last seen to end there
   */
  private record Sight(long end, long nanos) {}

  /** The log ends at {@code end} now. */
  void saw(long end, long nowNanos) {
    if (!any) {
      any = true;
      firstNanos = nowNanos;
    }
    if (!sights.isEmpty() && sights.peekLast().end >= end) {
      sights.removeLast();
    } else if (sights.size() == MAX_KEPT) {
      thin();
    }
    sights.add(new Sight(end, nowNanos));
  }

  /**
   * When the log was last seen to hold nothing from {@code offset} on; empty where that was before
   * anything was seen. Does not look at earlier offsets again.
   */
  OptionalLong nanosWithout(long offset) {
    Sight last = null;
    while (!sights.isEmpty() && sights.peek().end <= offset) {
      last = sights.remove();
    }
    if (last == null) {
      return OptionalLong.empty();
    }
    sights.addFirst(last);
    return OptionalLong.of(last.nanos);
  }

  /** When the log was first seen. */
  long firstNanos() {
    return firstNanos;
  }

  private void thin() {
    boolean keep = true;
    for (Iterator<Sight> all = sights.iterator(); all.hasNext(); keep = !keep) {
      all.next();
      if (!keep) {
        all.remove();
      }
    }
  }
}
