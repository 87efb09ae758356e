package io.countess.query;

import io.countess.answer.Answer;
import io.countess.answer.Readiness;
import io.countess.background.DaemonThreads;
import io.countess.count.ZoneData;
import io.countess.event.Position;
import io.countess.runtime.Fold;
import io.countess.runtime.LogEnd;
import io.countess.state.PartitionReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/**
 * Answers from the partitions that this process holds. A question about one key is answered by the
 * thread that asks; those about many keys by a few threads of their own.
 */
public final class LocalQueries implements AutoCloseable {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final int SCAN_THREADS = 2;
  private static final int MAX_SCANS_QUEUED = 64;

  private final Fold fold;
  private final Holders holders;
  private final LagWatch lagWatch;
  private final StandbyQueries standbys;
  private final ThreadPoolExecutor scans;

  /** Answers from {@code fold}'s partitions. */
  public LocalQueries(Fold fold, LogEnd logEnd, LagWatch lagWatch) {
    this.fold = fold;
    holders = new Holders(fold);
    this.lagWatch = lagWatch;
    standbys = new StandbyQueries(fold, holders, logEnd::offsets);
    scans =
        new ThreadPoolExecutor(
            SCAN_THREADS,
            SCAN_THREADS,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(MAX_SCANS_QUEUED),
            new DaemonThreads("countess-scan"));
    scans.allowCoreThreadTimeOut(true);
  }

  /** Answers a share of a question, as {@link Instance#ask} says. */
  <A> CompletionStage<Answer<A>> ask(Share<A> share) {
    if (share.from() == Share.Source.STANDBY) {
      return onScanThread(() -> standbys.answer(share));
    }
    List<PartitionReader> readers = new ArrayList<>(share.partitions().size());
    for (int partition : share.partitions()) {
      Optional<PartitionReader> reader = holders.here(partition);
      if (reader.isEmpty()) {
        return done(holders.answer(partition));
      }
      readers.add(reader.get());
    }
    CompletableFuture<Void> included = included(share, readers);
    if (included.isDone() && !included.isCompletedExceptionally()) {
      return answer(share, readers);
    }
    return included
        .handle((reached, failure) -> failure)
        .thenCompose(
            failure ->
                failure == null ? answer(share, readers) : done(unmet(share, readers, failure)));
  }

  /**
   * Whether every partition can be asked of somebody, those here have caught up, and how far those
   * here are behind.
   */
  public Readiness readiness() {
    boolean ready = isEveryPartitionSomewhere() && fold.isCaughtUp();
    return new Readiness(ready, fold.state(), lagWatch.lags())
        .withClockBehind(fold.clockBehindMillis())
        .withZoneData(ZoneData.EDITION);
  }

  @Override
  public void close() {
    scans.shutdownNow();
  }

  private boolean isEveryPartitionSomewhere() {
    for (int partition = 0; partition < fold.partitions(); partition++) {
      boolean here = holders.here(partition).isPresent();
      if (!here && holders.other(partition).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static CompletableFuture<Void> included(Share<?> share, List<PartitionReader> readers) {
    Position wanted = share.demand().position();
    boolean applied = share.question() instanceof Question.Applied;
    if (wanted.offsets().isEmpty() && !applied && areCaughtUp(readers)) {
      return CompletableFuture.completedFuture(null);
    }
    Duration within = share.demand().within();
    List<CompletableFuture<Void>> waits = new ArrayList<>();
    for (PartitionReader reader : readers) {
      if (!applied) {
        waits.add(reader.progress().caughtUp(within));
      }
      wanted
          .offset(reader.partition())
          .ifPresent(offset -> waits.add(reader.progress().reached(offset, within)));
      if (share.question() instanceof Question.Applied it && it.home() != reader.partition()) {
        waits.add(reader.progress().applied(it.home(), it.version(), within));
      }
    }
    return CompletableFuture.allOf(waits.toArray(CompletableFuture[]::new));
  }

  private static boolean areCaughtUp(List<PartitionReader> readers) {
    for (PartitionReader reader : readers) {
      if (reader.progress().toCatchUp() > 0) {
        return false;
      }
    }
    return true;
  }

  private <A> CompletionStage<Answer<A>> answer(Share<A> share, List<PartitionReader> readers) {
    var handler = new QuestionHandler(readers, fold.partitions());
    if (share.question().isOneRow()) {
      return done(read(share.question(), handler));
    }
    return onScanThread(() -> read(share.question(), handler));
  }

  private <A> CompletionStage<Answer<A>> onScanThread(Supplier<Answer<A>> work) {
    try {
      return CompletableFuture.supplyAsync(work, scans);
    } catch (RejectedExecutionException full) {
      return done(new Answer.NotReady<>("too many scans wait already", RETRY_AFTER));
    }
  }

  private <A> Answer<A> read(Question<A> question, QuestionHandler handler) {
    Answer<A> answer = null;
    try {
      answer = handler.answer(question);
    } catch (InvalidStateStoreException closed) {
      // The partition leaves, and its reader says so: asked below.
    }
    OptionalInt left = handler.left(fold.registry()::holds);
    if (left.isPresent()) {
      return holders.answer(left.getAsInt());
    }
    return answer != null ? answer : new Answer.NotReady<>("a store is closed", RETRY_AFTER);
  }

  private <A> Answer<A> unmet(Share<A> share, List<PartitionReader> readers, Throwable failure) {
    for (PartitionReader reader : readers) {
      if (reader.isClosed()) {
        return holders.answer(reader.partition());
      }
    }
    for (PartitionReader reader : readers) {
      long left = reader.progress().toCatchUp();
      if (left > 0 && !(share.question() instanceof Question.Applied)) {
        String reason = "partition %d is catching up, %d records to go";
        return new Answer.NotReady<>(reason.formatted(reader.partition(), left), RETRY_AFTER);
      }
    }
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof TimeoutException
        ? new Answer.Behind<>(share.demand().position(), QuestionHandler.position(readers))
        : new Answer.NotReady<>(cause.getMessage(), RETRY_AFTER);
  }

  private static <A> CompletionStage<Answer<A>> done(Answer<A> answer) {
    return CompletableFuture.completedStage(answer);
  }
}
