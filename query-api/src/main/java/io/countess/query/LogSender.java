package io.countess.query;

import io.countess.event.LogFormat;
import io.countess.event.Position;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands records to the producer and never waits for it. What it can't take at the moment, since it
 * has no way to the log or no room, waits in line for a while, and so does what comes after it: so
 * what one sender sends stays in order.
 */
final class LogSender {
  private static final Logger LOG = LoggerFactory.getLogger(LogSender.class);

  /** How many records may wait in line; more are not sent. */
  static final int MAX_WAITING = 4096;

  /** How long a record may wait in line at most: then it is better to say so. */
  static final Duration MAX_WAIT = Duration.ofSeconds(2);

  /** Who waits in line is told so a little before time is up, when nothing more is known. */
  private static final Duration TOLD_BEFORE = Duration.ofMillis(100);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /** Of what this process has stamped itself. */
  static final Response WRONG_CLOCK =
      new Response.NotSent(
          "the clock of this instance is more than a minute ahead of its brokers', or 6 days"
              + " behind: one of them has to be set",
          RETRY_AFTER);

  private static final Response UNCONFIRMED =
      new Response.FateUnknown("the log did not confirm it in time");

  private final Producer<byte[], byte[]> producer;
  private final BlockingQueue<Sending> line = new LinkedBlockingQueue<>(MAX_WAITING);

  /**
   * @param producer must not block where it can't take a record at once, but fail with a time-out
   */
  LogSender(Producer<byte[], byte[]> producer) {
    this.producer = producer;
    findLog();
  }

  /** Asks where the log is before the first record needs it, and waits for no answer. */
  private void findLog() {
    try {
      producer.partitionsFor(LogFormat.EVENTS_TOPIC);
    } catch (KafkaException notYet) {
      LOG.debug("the log is not known yet", notYet);
    }
  }

  /**
   * Sends a record, now or in a while; not after {@code deadlineNanos}.
   *
   * @return what became of it, whenever that is known; it never fails, and is never {@link
   *     Response.Decided}
   */
  CompletableFuture<Response> send(ProducerRecord<byte[], byte[]> record, long deadlineNanos) {
    long latest = System.nanoTime() + MAX_WAIT.toNanos();
    long early = deadlineNanos - TOLD_BEFORE.toNanos();
    var sending = new Sending(record, early - latest < 0 ? early : latest);
    boolean settled = line.isEmpty() && sending.isTaken();
    if (!settled && !line.offer(sending)) {
      sending.giveUp(MAX_WAITING + " records wait already");
    }
    return sending.response;
  }

  /**
   * The same, and where it is not known by then what became of the record, it says so. Who has more
   * patience than the producer waits for that one to say so, which costs no timer.
   */
  CompletableFuture<Response> sendWithin(ProducerRecord<byte[], byte[]> record, Duration within) {
    var response = send(record, System.nanoTime() + within.toNanos());
    return within.compareTo(Commands.LOG_PATIENCE) < 0
        ? response.completeOnTimeout(UNCONFIRMED, within.toMillis(), TimeUnit.MILLISECONDS)
        : response;
  }

  /** Sends what waits in line, as far as it goes; to be called over and over, by one thread. */
  void sendWaiting(long nowNanos) {
    line.removeIf(sending -> sending.isOver(nowNanos));
    for (Sending first = line.peek(); first != null && first.isTaken(); first = line.peek()) {
      line.remove();
    }
  }

  /** Gives up what waits in line. */
  void close() {
    for (Sending next = line.poll(); next != null; next = line.poll()) {
      next.giveUp("this instance is stopping");
    }
  }

  private static Response told(
      ProducerRecord<byte[], byte[]> record, RecordMetadata metadata, Exception problem) {
    if (problem == null) {
      return new Response.Logged(Position.of(metadata.partition(), metadata.offset()));
    }
    Refusal refusal = Refusal.of(problem);
    if (refusal == Refusal.TIME && record.headers().lastHeader(LogFormat.CLOCK_HEADER) != null) {
      return WRONG_CLOCK;
    } else if (refusal == Refusal.TIME) {
      return new Response.Invalid("at", "is not taken by the log: " + problem.getMessage());
    } else if (refusal == Refusal.SIZE) {
      return new Response.Invalid("value", "is too large for the log: " + problem.getMessage());
    } else if (refusal == Refusal.OTHER) {
      return new Response.NotSent("the log refused it: " + problem.getMessage(), RETRY_AFTER);
    }
    return new Response.FateUnknown("the log did not confirm it: " + problem.getMessage());
  }

  /** A record on its way. */
  private final class Sending implements Callback {
    private final CompletableFuture<Response> response = new CompletableFuture<>();
    private final ProducerRecord<byte[], byte[]> record;
    private final long waitsUntilNanos;

    /**
     * The thread that calls {@code send} now. The producer calls back on that thread before it
     * returns only where it has not taken the record. Other threads may read an old value: never
     * themselves.
     */
    private Thread caller;

    private Exception problem;

    Sending(ProducerRecord<byte[], byte[]> record, long waitsUntilNanos) {
      this.record = record;
      this.waitsUntilNanos = waitsUntilNanos;
    }

    /** Sends it; false where the producer can't take it now. */
    boolean isTaken() {
      problem = null;
      caller = Thread.currentThread();
      try {
        var unused = producer.send(record, this);
      } catch (KafkaException notTaken) {
        problem = notTaken;
      } finally {
        caller = null;
      }
      if (problem != null && !(problem instanceof TimeoutException)) {
        giveUp("the log can't be reached: " + problem.getMessage());
        return true;
      }
      return problem == null;
    }

    @Override
    public void onCompletion(RecordMetadata metadata, Exception failure) {
      Response told = told(record, metadata, failure);
      if (told instanceof Response.FateUnknown && caller == Thread.currentThread()) {
        problem = failure;
      } else {
        response.complete(told);
      }
    }

    /** Gives it up if it has waited for too long. */
    boolean isOver(long nowNanos) {
      boolean isOver = nowNanos - waitsUntilNanos >= 0;
      if (isOver) {
        boolean isFull = problem instanceof BufferExhaustedException;
        giveUp(isFull ? "too much is on its way to the log" : "the log can't be reached");
      }
      return isOver;
    }

    void giveUp(String reason) {
      response.complete(new Response.NotSent(reason, RETRY_AFTER));
    }
  }
}
