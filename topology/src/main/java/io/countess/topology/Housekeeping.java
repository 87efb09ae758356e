package io.countess.topology;

import io.countess.state.Meta;
import io.countess.state.PartitionState;
import java.time.Duration;
import java.util.OptionalLong;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * What has to be done beside the records: dead rows go, rows from before a reset are swept away,
 * and time is made to pass where nothing else comes. None of it changes a count, so when it is done
 * need not be in the log.
 *
 * <p>While records come, each pays for two entries of the expiry index, so that expiry keeps up
 * with any load; what is left is done in small steps every second, and more often while there is
 * much.
 */
final class Housekeeping {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration EVERY_WHILE_BEHIND = Duration.ofMillis(50);
  private static final int STEPS = 8;
  private static final int ENTRIES_PER_RECORD = 2;
  private static final int ENTRIES_PER_STEP = 256;
  private static final long TICK_PAUSE_MILLIS = 5000;

  private final ProcessorContext<byte[], byte[]> context;
  private final PartitionState state;
  private final Outbox outbox;
  private final Cancellable everySecond;
  private Cancellable catchingUp;
  private int paid;
  private long lastTickMillis;

  Housekeeping(ProcessorContext<byte[], byte[]> context, PartitionState state, Outbox outbox) {
    this.context = context;
    this.state = state;
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
            throw state.failed(failure);
          }
        });
  }

  void afterRecord() {
    if (state.isExpiryDue()) {
      paid += ENTRIES_PER_RECORD;
      if (paid >= ENTRIES_PER_STEP) {
        paid = 0;
        state.expire();
      }
    }
    if (state.isFull()) {
      context.commit();
    }
  }

  private void everySecond(long nowMillis) {
    boolean behind = work();
    if (behind && catchingUp == null) {
      catchingUp = schedule(EVERY_WHILE_BEHIND, now -> catchUp());
    }
    tickIfIdle(nowMillis);
  }

  private void catchUp() {
    if (!work()) {
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

  /** Does a little, and answers whether there is more. */
  private boolean work() {
    for (int step = 0; step < STEPS && state.isExpiryDue(); step++) {
      state.expire();
    }
    boolean swept = state.sweep();
    return swept || state.isExpiryDue();
  }

  private void tickIfIdle(long nowMillis) {
    OptionalLong due = state.nextDueSeconds();
    boolean overdue = due.isPresent() && due.getAsLong() * 1000 + Meta.LATENESS_MILLIS <= nowMillis;
    boolean idle = state.meta().floorMillis() < due.orElse(0) * 1000;
    if (overdue && idle && nowMillis - lastTickMillis >= TICK_PAUSE_MILLIS) {
      lastTickMillis = nowMillis;
      outbox.tick(nowMillis);
    }
  }
}
