package io.countess.query;

import io.countess.event.Partitions;
import io.countess.event.Position;
import io.countess.event.RecordKey;
import io.countess.runtime.Fold;
import io.countess.runtime.LogEnd;
import io.countess.state.PartitionReader;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/**
 * Answers from the partitions that this process holds. A question about one key is answered by the
 * thread that asks; those about many keys by a few threads of their own.
 */
public final class LocalQueries implements Queries, AutoCloseable {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final int SCAN_THREADS = 2;
  private static final int MAX_SCANS_QUEUED = 64;

  private final Fold fold;
  private final LogEnd logEnd;
  private final Clock clock;
  private final ThreadPoolExecutor scans;

  /** Answers from {@code fold}'s partitions, by {@code clock}. */
  public LocalQueries(Fold fold, LogEnd logEnd, Clock clock) {
    this.fold = fold;
    this.logEnd = logEnd;
    this.clock = clock;
    scans =
        new ThreadPoolExecutor(
            SCAN_THREADS,
            SCAN_THREADS,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(MAX_SCANS_QUEUED),
            LocalQueries::daemon);
    scans.allowCoreThreadTimeOut(true);
  }

  @Override
  public <A> CompletionStage<Answer<A>> ask(Question<A> question, Demand demand) {
    List<PartitionReader> readers = new ArrayList<>();
    for (int partition : partitions(question)) {
      Optional<PartitionReader> reader = fold.registry().reader(partition);
      if (reader.isEmpty()) {
        return done(notHere(partition));
      }
      readers.add(reader.get());
    }
    CompletableFuture<Void> included = included(readers, demand);
    if (included.isDone() && !included.isCompletedExceptionally()) {
      return answer(question, readers);
    }
    return included
        .orTimeout(demand.within().toMillis(), TimeUnit.MILLISECONDS)
        .handle((reached, failure) -> failure == null)
        .thenCompose(
            reached -> reached ? answer(question, readers) : done(behind(demand, readers)));
  }

  @Override
  public Readiness readiness() {
    var lag = new TreeMap<Integer, Long>();
    SortedMap<Integer, Long> ends = ends();
    fold.registry()
        .all()
        .forEach(
            (partition, reader) -> {
              Long end = ends.get(partition);
              if (end != null) {
                lag.put(partition, Math.max(0, end - 1 - reader.progress().offset()));
              }
            });
    boolean ready = fold.isRunning() && !fold.registry().all().isEmpty();
    return new Readiness(ready, fold.state(), lag);
  }

  @Override
  public void close() {
    scans.shutdownNow();
  }

  private SortedMap<Integer, Long> ends() {
    try {
      return logEnd.offsets();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Collections.emptySortedMap();
    }
  }

  private int[] partitions(Question<?> question) {
    if (question instanceof Question.CountOf one) {
      return new int[] {Partitions.of(RecordKey.of(one.counter()), fold.partitions())};
    }
    int[] all = new int[fold.partitions()];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    return all;
  }

  private static CompletableFuture<Void> included(List<PartitionReader> readers, Demand demand) {
    Position wanted = demand.position();
    if (wanted.offsets().isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return CompletableFuture.allOf(
        readers.stream()
            .filter(reader -> wanted.offset(reader.partition()).isPresent())
            .map(
                reader -> {
                  long offset = wanted.offset(reader.partition()).getAsLong();
                  return reader.progress().reached(offset, demand.within());
                })
            .toArray(CompletableFuture[]::new));
  }

  private <A> CompletionStage<Answer<A>> answer(
      Question<A> question, List<PartitionReader> readers) {
    var reading = new Reading(readers, clock.millis());
    if (question instanceof Question.CountOf) {
      return done(read(question, reading));
    }
    try {
      return CompletableFuture.supplyAsync(() -> read(question, reading), scans);
    } catch (RejectedExecutionException full) {
      return done(new Answer.NotReady<>("too many scans wait already", RETRY_AFTER));
    }
  }

  private <A> Answer<A> read(Question<A> question, Reading reading) {
    try {
      Answer<A> answer = reading.answer(question);
      return reading.isStillGood() ? answer : moving();
    } catch (InvalidStateStoreException closed) {
      return moving();
    }
  }

  private static <A> Answer<A> moving() {
    return new Answer.NotReady<>("a partition is moving", RETRY_AFTER);
  }

  private <A> Answer<A> notHere(int partition) {
    Optional<String> owner = fold.owner(partition);
    return owner.isPresent() && !fold.isSelf(owner.get())
        ? new Answer.Elsewhere<>(partition, owner.get())
        : new Answer.NotReady<>("partition " + partition + " is not ready yet", RETRY_AFTER);
  }

  private static <A> Answer<A> behind(Demand demand, List<PartitionReader> readers) {
    return new Answer.Behind<>(demand.position(), Reading.position(readers));
  }

  private static <A> CompletionStage<Answer<A>> done(Answer<A> answer) {
    return CompletableFuture.completedStage(answer);
  }

  private static Thread daemon(Runnable task) {
    var thread = new Thread(task, "countess-scan");
    thread.setDaemon(true);
    return thread;
  }
}
