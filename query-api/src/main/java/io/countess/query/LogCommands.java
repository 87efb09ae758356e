package io.countess.query;

import io.countess.background.PeriodicTasks;
import io.countess.event.LogFormat;
import io.countess.event.codec.ClockStamp;
import io.countess.event.codec.EventCodec;
import io.countess.event.codec.SentHeader;
import io.countess.event.codec.TimeHeader;
import io.countess.runtime.Fold;
import io.countess.state.PartitionClock;
import io.countess.state.PartitionReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Commands by way of the log, for partitions that are here. Stages complete on the producer's or
 * the fold's thread, so what depends on them must be quick, or go elsewhere by itself.
 */
public final class LogCommands implements AutoCloseable {
  private static final Duration MAX_AHEAD = Duration.ofMinutes(1);

  /** Brokers take no older timestamps by their clocks, which may be ahead of this machine's. */
  private static final Duration OLDEST_TIMESTAMP = Command.MAX_AGE.minusHours(1);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofMillis(50);

  private final Producer<byte[], byte[]> producer;
  private final LogSender sender;
  private final Fold fold;
  private final Holders holders;
  private final PendingDecisions pending;
  private final LongConsumer timing;
  private final PeriodicTasks tasks = new PeriodicTasks("countess-deadlines");

  /**
   * Sends through {@code producer}, and closes it in the end.
   *
   * @param producer should not block, or its callers do so beyond their deadlines; it must give up
   *     after {@link Commands#LOG_PATIENCE}
   * @param pending is told of decisions by the fold
   * @param timing is told how many nanoseconds each took
   */
  public LogCommands(
      Producer<byte[], byte[]> producer, Fold fold, PendingDecisions pending, LongConsumer timing) {
    this.timing = timing;
    this.producer = producer;
    this.fold = fold;
    this.holders = new Holders(fold);
    this.pending = pending;
    sender = new LogSender(producer);
    tasks.every(LOOK, () -> sender.sendWaiting(System.nanoTime()));
    tasks.every(LOOK, () -> pending.expire(System.nanoTime()));
  }

  /** Takes a command, as {@link Instance#submit} says. */
  public CompletionStage<Response> submit(KeyedCommand command) {
    CompletionStage<Response> first = append(command);
    return command.command().atMillis().isPresent()
        ? first
        : first.thenCompose(
            response ->
                response == LogSender.WRONG_CLOCK && fold.clockRefused()
                    ? append(command)
                    : done(response));
  }

  private CompletionStage<Response> append(KeyedCommand keyed) {
    Command command = keyed.command();
    byte[] key = keyed.key();
    byte[] value = EventCodec.encode(command.event());
    Optional<String> tooLarge = LogFormat.tooLarge(key, value);
    if (tooLarge.isPresent()) {
      return done(new Response.Invalid("event", tooLarge.get()));
    }
    int partition = keyed.partition(fold.partitions());
    Optional<PartitionClock> clock = holders.here(partition).map(PartitionReader::clock);
    long now = fold.clock().millis();
    long at = command.atMillis().orElse(now);
    Optional<Response> refusal = whyAhead(at, now);
    if (refusal.isPresent()) {
      return done(refusal.get());
    }
    boolean decided = command.ack().isDecided();
    if (decided && clock.isEmpty()) {
      return done(holders.response(partition));
    }
    boolean isOld = at < now - OLDEST_TIMESTAMP.toMillis();
    long timestamp = isOld ? now : at;
    var record = new ProducerRecord<>(LogFormat.EVENTS_TOPIC, partition, timestamp, key, value);
    if (isOld) {
      record.headers().add(LogFormat.TIME_HEADER, TimeHeader.encode(at));
    }
    if (command.atMillis().isEmpty()) {
      ClockStamp stamp = clock.map(it -> it.stamp(now)).orElse(ClockStamp.BY_WALL_CLOCK);
      record.headers().add(LogFormat.CLOCK_HEADER, stamp.encode());
    } else if (command.event().id().isPresent()) {
      long sent = clock.map(PartitionClock::nowMillis).orElse(now);
      record.headers().add(LogFormat.SENT_HEADER, SentHeader.encode(sent));
    }
    return decided ? sendDecided(record, command) : sender.sendWithin(record, command.within());
  }

  /**
   * Where this machine's clock is behind, what others know to have been is not ahead. Where no
   * partition is here that could tell, the brokers do.
   */
  private Optional<Response> whyAhead(long at, long now) {
    long aheadOf = at - MAX_AHEAD.toMillis();
    if (aheadOf > now && aheadOf > fold.latestMillis().orElse(Long.MAX_VALUE)) {
      String why = "is %s, more than a minute ahead of the clock";
      return Optional.of(new Response.Invalid("at", why.formatted(Instant.ofEpochMilli(at))));
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    tasks.close();
    sender.close();
    producer.close(CLOSE_WITHIN);
  }

  private CompletionStage<Response> sendDecided(
      ProducerRecord<byte[], byte[]> record, Command command) {
    long start = System.nanoTime();
    long deadline = start + command.within().toNanos();
    boolean isInBulk = command.ack() == Command.Ack.APPLIED_IN_BULK;
    PendingDecisions.Ticket ticket =
        isInBulk ? pending.register(deadline, record.partition()) : pending.register(deadline);
    if (ticket == null) {
      String reason = PendingDecisions.MAX_PENDING + " commands wait already";
      return done(new Response.NotSent(reason, RETRY_AFTER));
    }
    record.headers().add(LogFormat.CALLER_HEADER, ticket.caller());
    var unused =
        sender
            .send(record, deadline)
            .whenComplete((response, failure) -> sent(ticket, response, failure));
    return ticket
        .decision()
        .<Response>thenApply(
            decision -> {
              if (!isInBulk) { // of those nobody waits for a single one
                timing.accept(System.nanoTime() - start);
              }
              return new Response.Decided(decision);
            })
        .exceptionally(LogCommands::explain);
  }

  /** What is in the log is decided; for anything else nobody needs to wait. */
  private void sent(PendingDecisions.Ticket ticket, Response response, Throwable failure) {
    if (!(response instanceof Response.Logged)) {
      pending.forget(ticket.sequence());
      ticket.decision().completeExceptionally(failure == null ? new NotLogged(response) : failure);
    }
  }

  private static Response explain(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof NotLogged notLogged) {
      return notLogged.response;
    }
    if (cause instanceof TimeoutException) {
      return new Response.FateUnknown("there was no decision in time");
    }
    return new Response.FateUnknown(cause.getMessage());
  }

  private static CompletionStage<Response> done(Response response) {
    return CompletableFuture.completedStage(response);
  }

  /** Carries a response past the stages that wait for a decision. */
  private static final class NotLogged extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Response response;

    NotLogged(Response response) {
      super(null, null, false, false);
      this.response = response;
    }
  }
}
