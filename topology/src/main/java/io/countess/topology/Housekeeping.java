package io.countess.topology;

import io.countess.fold.PartitionFold;
import io.countess.state.Checkpoint;
import io.countess.state.PartitionClock;
import io.countess.state.PartitionReader;
import io.countess.state.PartitionState;
import io.countess.state.Progress;
import io.countess.store.HotStore;
import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * The work beside the records. Dead rows go, rows from before a reset are swept away, and time is
 * made to pass where no record comes. None of it changes a count, so when it is done need not be in
 * the log. The rows are the fold's work, a little of it every second, and more often while there is
 * much.
 */
final class Housekeeping {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration EVERY_WHILE_BEHIND = Duration.ofMillis(50);

  private static final long TICK_PAUSE_MILLIS = 5000;

  /** A partition that has had no record for so long is idle. */
  private static final long IDLE_MILLIS = 5000;

  /** So far a wall clock may be behind without a tick. */
  private static final long BEHIND_MILLIS = 1000;

  private final ProcessorContext<byte[], byte[]> context;
  private final HotStore store;
  private final PartitionState state;
  private final PartitionFold fold;
  private final Outbox outbox;
  private final Progress progress;
  private final PartitionClock clock;
  private final Cancellable everySecond;
  private Cancellable catchingUp;
  private long lastTickMillis;
  private long lastOffset = -1;

  /** The offset before that of the tick which said last that the wall clock is behind. */
  private long behindOffset = -1;

  private boolean wasBehind;

  Housekeeping(
      ProcessorContext<byte[], byte[]> context,
      HotStore store,
      PartitionFold fold,
      Outbox outbox,
      PartitionReader reader) {
    this.progress = reader.progress();
    this.clock = reader.clock();
    this.context = context;
    this.store = store;
    this.state = store.state();
    this.fold = fold;
    this.outbox = outbox;
    everySecond = schedule(EVERY, this::everySecond);
  }

  /** As in a record, what fails half way must not be written. */
  private Cancellable schedule(Duration interval, Punctuator work) {
    return context.schedule(
        interval,
        PunctuationType.WALL_CLOCK_TIME,
        now -> {
          try {
            work.punctuate(now);
          } catch (RuntimeException failure) {
            throw store.failed(failure);
          }
        });
  }

  private void everySecond(long nowMillis) {
    store.requireSound();
    boolean behind = fold.work();
    if (behind && catchingUp == null) {
      catchingUp = schedule(EVERY_WHILE_BEHIND, now -> catchUp());
    }
    tickIfIdle(nowMillis);
    tickIfStuck(nowMillis);
    tickIfBehind();
  }

  private void catchUp() {
    if (!fold.work()) {
      stopCatchingUp();
    }
  }

  /** Stops for good: a task that is resumed starts another one. */
  void stop() {
    everySecond.cancel();
    stopCatchingUp();
  }

  private void stopCatchingUp() {
    if (catchingUp != null) {
      catchingUp.cancel();
      catchingUp = null;
    }
  }

  /**
   * At the end of the log there may be no record, but a marker of somebody's transaction, or a gap
   * left by records that were too old. Then the fold would never come to the end that it saw at
   * opening. So a record is appended that it does come to; time does not pass by it.
   */
  private void tickIfStuck(long nowMillis) {
    long offset = progress.offset();
    boolean stuck = progress.toCatchUp() > 0 && offset == lastOffset;
    lastOffset = offset;
    if (stuck && isTickTime(nowMillis)) {
      long lately =
          Math.max(state.checkpoint().highestMillis(), clock.wallMillis() - Outbox.OLD_MILLIS);
      outbox.tick(Math.min(lately, clock.wallMillis()));
    }
  }

  private void tickIfIdle(long nowMillis) {
    if (state.isOverdue(Checkpoint.LATENESS_MILLIS + IDLE_MILLIS) && isTickTime(nowMillis)) {
      outbox.tick(clock);
    }
  }

  /**
   * While the wall clock is behind, the log has to hear of it soon. Where other servers stamp
   * records, it also has to hear how much time has passed, since they do not know.
   */
  private void tickIfBehind() {
    boolean behind = clock.wallBehindMillis() >= BEHIND_MILLIS;
    long offset = progress.offset();
    boolean isNews = !wasBehind || offset > behindOffset + 1;
    if (behind && isNews && state.checkpoint().clockMillis() + BEHIND_MILLIS <= clock.nowMillis()) {
      behindOffset = offset;
      outbox.tick(clock);
    }
    wasBehind = behind;
  }

  /** No tick comes soon after another one, which may be on its way. */
  private boolean isTickTime(long nowMillis) {
    boolean isTime = nowMillis - lastTickMillis >= TICK_PAUSE_MILLIS;
    lastTickMillis = isTime ? nowMillis : lastTickMillis;
    return isTime;
  }
}
