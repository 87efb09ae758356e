package io.countess.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.LogFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** The log may hang, be away or be overloaded: whoever sends is told in time what is known. */
class LogSenderTest {
  private static final Duration SOON = Duration.ofMillis(200);
  private static final Duration LATE = Duration.ofSeconds(20);

  private final MockProducer<byte[], byte[]> log =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final LogSender sender = new LogSender(log);

  @Test
  void shouldSayAtTheDeadlineThatTheFateIsUnknown() {
    var response = sender.sendWithin(record("a"), SOON);

    assertThat(response.join()).isInstanceOf(Response.FateUnknown.class);
    log.completeNext();
    assertThat(response.join()).as("told once").isInstanceOf(Response.FateUnknown.class);
  }

  @Test
  void shouldSayWhatTheLogSaysBeforeTheDeadline() {
    var logged = sender.sendWithin(record("a"), LATE);
    var tooEarly = sender.sendWithin(record("b"), LATE);
    var lost = sender.sendWithin(record("c"), LATE);
    assertThat(logged).isNotDone();

    log.completeNext();
    log.errorNext(new InvalidTimestampException("too early"));
    log.errorNext(new TimeoutException("no answer"));

    assertThat(logged.join()).isInstanceOf(Response.Logged.class);
    assertThat(tooEarly.join()).isInstanceOf(Response.Invalid.class);
    assertThat(lost.join()).as("it was sent").isInstanceOf(Response.FateUnknown.class);
  }

  @Test
  void shouldSendInOrderWhatTheProducerCouldNotTakeAtOnce() {
    log.sendException = new BufferExhaustedException("full");
    var first = sender.send(record("a"), deadline(LATE));
    log.sendException = null;
    var second = sender.send(record("b"), deadline(LATE));
    assertThat(log.history()).isEmpty();

    sender.sendWaiting(System.nanoTime());

    assertThat(log.history()).extracting(LogSenderTest::key).containsExactly("a", "b");
    assertThat(first).isNotDone();
    log.completeNext();
    log.completeNext();
    assertThat(first.join()).isInstanceOf(Response.Logged.class);
    assertThat(second.join()).isInstanceOf(Response.Logged.class);
  }

  @Test
  void shouldSayThatNothingWasSentOfWhatTheProducerNeverTook() {
    log.sendException = new TimeoutException("no way to the log");
    var brief = sender.send(record("a"), deadline(SOON));
    var patient = sender.send(record("b"), deadline(LATE));

    sender.sendWaiting(deadline(SOON));
    assertThat(brief.join()).isInstanceOf(Response.NotSent.class);
    assertThat(patient).isNotDone();

    sender.sendWaiting(deadline(LogSender.MAX_WAIT));
    assertThat(patient.join()).isInstanceOf(Response.NotSent.class);
    log.sendException = null;
    sender.sendWaiting(System.nanoTime());
    assertThat(log.history()).isEmpty();
  }

  @Test
  void shouldSayAtOnceThatNothingWasSentWhereWaitingDoesNotHelp() {
    log.sendException = new KafkaException("not allowed");
    assertThat(sender.send(record("a"), deadline(LATE)).join())
        .isInstanceOfSatisfying(
            Response.NotSent.class, it -> assertThat(it.reason()).contains("not allowed"));

    log.sendException = new TimeoutException("no way to the log");
    for (int i = 0; i < LogSender.MAX_WAITING; i++) {
      assertThat(sender.send(record("a"), deadline(LATE))).isNotDone();
    }
    assertThat(sender.send(record("a"), deadline(LATE)).join())
        .isInstanceOf(Response.NotSent.class);
  }

  private static long deadline(Duration in) {
    return System.nanoTime() + in.toNanos();
  }

  private static ProducerRecord<byte[], byte[]> record(String key) {
    return new ProducerRecord<>(LogFormat.EVENTS_TOPIC, key.getBytes(StandardCharsets.UTF_8), null);
  }

  private static String key(ProducerRecord<byte[], byte[]> record) {
    return new String(record.key(), StandardCharsets.UTF_8);
  }
}
