package io.countess.state;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * How far the fold of a partition has come, and the waiters for it to come further.
 *
 * <p>The fold publishes, then looks for waiters. A waiter adds itself, then looks whether it has to
 * wait. All four are volatile, so one of the two sees the other; and likewise with closing. A
 * waiter that has given up leaves when the fold looks next, or when its place is needed.
 */
public final class Progress {
  /** The most questions that wait for one partition. */
  public static final int MAX_WAITING = 10_000;

  private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile long offset = -1;
  private volatile long openedAtEnd;
  private volatile boolean closed;
  private volatile long[] openedWith = new long[0];
  private final Set<Change> applied =
      Collections.synchronizedSet(Collections.newSetFromMap(new Latest()));

  /** A change of a policy: the partition that decided it, and its offset there. */
  private record Change(int home, long version) {}

  /** The last changes. Nobody waits for a change for more than some seconds. */
  private static final class Latest extends LinkedHashMap<Change, Boolean> {
    private static final long serialVersionUID = 1L;
    private static final int MOST = 10_000;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Change, Boolean> eldest) {
      return size() > MOST;
    }
  }

  private record Waiting(BooleanSupplier reached, CompletableFuture<Void> done) {}

  /** The offset of the last record folded, or -1. */
  public long offset() {
    return offset;
  }

  /**
   * How far the fold is, at most, from the end that the log had when the partition was opened here,
   * in records. It is 0 once the fold has come there, however far the log has grown meanwhile.
   */
  public long toCatchUp() {
    return Math.max(0, openedAtEnd - 1 - offset);
  }

  /** Completes when there is nothing {@link #toCatchUp()}; fails as {@link #reached} does. */
  public CompletableFuture<Void> caughtUp(Duration within) {
    return when(() -> toCatchUp() == 0, within);
  }

  /** The log ends before {@code endOffset}, and what is before that was there first. */
  public void opened(long endOffset) {
    openedAtEnd = endOffset;
  }

  /**
   * Completes when the record at {@code wanted} has been folded. Completes exceptionally where that
   * takes longer than {@code within}, too many wait already, or the partition leaves this instance.
   * Dependents run on the fold's thread unless they say otherwise.
   */
  public CompletableFuture<Void> reached(long wanted, Duration within) {
    return when(() -> offset >= wanted, within);
  }

  /**
   * Completes when this partition has applied the policy change that {@code home} has decided and
   * forwarded. Not when it has only folded something that was forwarded later: what claims that
   * need not be true.
   */
  public CompletableFuture<Void> applied(int home, long version, Duration within) {
    return when(() -> isApplied(home, version), within);
  }

  private boolean isApplied(int home, long version) {
    boolean before = openedWith.length > home && openedWith[home] >= version;
    return before || applied.contains(new Change(home, version));
  }

  void folded(long newOffset) {
    offset = newOffset;
    if (waiting.get() > 0) {
      wake();
    }
  }

  /** What had been forwarded here by partition when this was opened. */
  void openedWith(Checkpoint checkpoint, int partitions) {
    long[] marks = new long[partitions];
    Arrays.setAll(marks, checkpoint::foldedFrom);
    openedWith = marks;
  }

  void applied(int home, long version) {
    applied.add(new Change(home, version));
    if (waiting.get() > 0) {
      wake();
    }
  }

  void close() {
    closed = true;
    var gone = new IllegalStateException("the partition has left this instance");
    for (Waiting next = queue.poll(); next != null; next = queue.poll()) {
      waiting.decrementAndGet();
      next.done.completeExceptionally(gone);
    }
  }

  /** Each has its own deadline: a place that is never given up would be taken for good. */
  private CompletableFuture<Void> when(BooleanSupplier reached, Duration within) {
    if (reached.getAsBoolean()) {
      return CompletableFuture.completedFuture(null);
    }
    if (!enter()) {
      return CompletableFuture.failedFuture(
          new IllegalStateException("more than " + MAX_WAITING + " questions wait already"));
    }
    var done = new CompletableFuture<Void>();
    var entry = new Waiting(reached, done.orTimeout(within.toMillis(), TimeUnit.MILLISECONDS));
    queue.add(entry);
    if (closed) {
      close();
    } else if (reached.getAsBoolean()) {
      entry.done.complete(null);
    }
    return entry.done;
  }

  /** Takes a place. Where none is free, waiters that have given up make room. */
  private boolean enter() {
    if (waiting.incrementAndGet() > MAX_WAITING) {
      wake();
      if (waiting.get() > MAX_WAITING) {
        waiting.decrementAndGet();
        return false;
      }
    }
    return true;
  }

  private void wake() {
    var leaving = new ArrayList<Waiting>();
    synchronized (queue) {
      queue.removeIf(
          entry -> (entry.done.isDone() || entry.reached.getAsBoolean()) && leaving.add(entry));
    }
    waiting.addAndGet(-leaving.size());
    leaving.forEach(entry -> entry.done.complete(null));
  }
}
