package io.countess.query;

import io.countess.answer.Lag;
import io.countess.background.PeriodicTasks;
import io.countess.runtime.Fold;
import io.countess.runtime.LogEnd;
import io.countess.runtime.Reached;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Looks twice a second how far the fold is behind the log.
 *
 * <p>A record's age is the least of what is known of it: what its own time says, and since when the
 * log reaches to it. The first alone would say hours where events of last night are loaded; the
 * second alone nothing of the time before this process began to look.
 */
public final class LagWatch implements AutoCloseable {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final Duration TICK = Duration.ofMillis(50);

  private final Supplier<SortedMap<Integer, Reached>> reached;
  private final Supplier<SortedMap<Integer, Long>> ends;
  private final LongSupplier nanoTime;
  private final InstantSource clock;
  private final Map<Integer, PastEnds> past = new HashMap<>();
  private final PeriodicTasks tasks = new PeriodicTasks("countess-lag");
  private volatile SortedMap<Integer, Lag> lags = Collections.emptySortedMap();

  /** Which partitions were here when this looked last, and when that was. */
  private Set<Integer> lookedAt = Set.of();

  private long lookedNanos;

  LagWatch(
      Supplier<SortedMap<Integer, Reached>> reached,
      Supplier<SortedMap<Integer, Long>> ends,
      LongSupplier nanoTime,
      InstantSource clock) {
    this.reached = reached;
    this.ends = ends;
    this.nanoTime = nanoTime;
    this.clock = clock;
    lookedNanos = nanoTime.getAsLong() - LOOK_NANOS;
  }

  /** Begins to look. */
  public static LagWatch start(Fold fold, LogEnd logEnd) {
    var watch = new LagWatch(fold::reached, logEnd::ask, System::nanoTime, InstantSource.system());
    watch.tasks.nowAndEvery(TICK, watch::tick);
    return watch;
  }

  /**
   * How far each partition is behind that this instance has, also while it restores; of none where
   * the brokers don't tell where the log ends.
   */
  public SortedMap<Integer, Lag> lags() {
    return lags;
  }

  @Override
  public void close() {
    tasks.close();
  }

  /**
   * Looks now and then, and at once where partitions have come: who is ready says how far it is.
   */
  void tick() {
    try {
      boolean isDue = nanoTime.getAsLong() - lookedNanos >= LOOK_NANOS;
      if (isDue || !reached.get().keySet().equals(lookedAt)) {
        look();
      }
    } catch (RuntimeException failure) {
      lags = Collections.emptySortedMap(); // what it was is not what it is
      throw failure;
    }
  }

  /** First how far the fold is, then where the log ends: so what comes meanwhile is not missed. */
  void look() {
    SortedMap<Integer, Reached> now = reached.get();
    lookedAt = now.keySet();
    lookedNanos = nanoTime.getAsLong();
    SortedMap<Integer, Long> end = ends.get();
    var found = new TreeMap<Integer, Lag>();
    end.forEach(
        (partition, last) -> {
          PastEnds seen = past.computeIfAbsent(partition, any -> new PastEnds());
          seen.saw(last, nanoTime.getAsLong());
          Reached here = now.get(partition);
          if (here != null) {
            found.put(partition, lag(here, last, seen));
          }
        });
    lags = Collections.unmodifiableSortedMap(found);
  }

  private Lag lag(Reached here, long end, PastEnds seen) {
    OptionalLong since = seen.nanosWithout(here.next());
    if (end <= here.next()) {
      return Lag.NONE;
    }
    long now = nanoTime.getAsLong();
    long bySight = since.isPresent() ? now - since.getAsLong() : Long.MAX_VALUE;
    long age = Math.min(bySight, nanosByRecord(here));
    long known = age == Long.MAX_VALUE ? now - seen.firstNanos() : age;
    return new Lag(end - here.next(), Duration.ofNanos(Math.max(0, known)));
  }

  /** A record of times to come says nothing: a clock was ahead, or this one has been set back. */
  private long nanosByRecord(Reached here) {
    if (here.nextMillis().isEmpty()) {
      return Long.MAX_VALUE;
    }
    long millis = clock.millis() - here.nextMillis().getAsLong();
    return millis < 0 ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
