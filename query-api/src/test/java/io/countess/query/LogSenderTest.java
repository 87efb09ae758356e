package io.countess.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.countess.event.LogFormat;
import io.countess.event.codec.ClockStamp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.NotEnoughReplicasAfterAppendException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedCompressionTypeException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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

  static List<Arguments> refusals() {
    return List.of(
        arguments(new TopicAuthorizationException("no"), Response.NotSent.class),
        arguments(new ClusterAuthorizationException("no"), Response.NotSent.class),
        arguments(new InvalidTopicException("no"), Response.NotSent.class),
        arguments(new PolicyViolationException("no"), Response.NotSent.class),
        arguments(new InvalidRecordException("no"), Response.NotSent.class),
        arguments(new UnsupportedVersionException("no"), Response.NotSent.class),
        arguments(new UnsupportedForMessageFormatException("no"), Response.NotSent.class),
        arguments(new UnsupportedCompressionTypeException("no"), Response.NotSent.class),
        arguments(new InvalidTimestampException("no"), Response.Invalid.class),
        arguments(new RecordTooLargeException("no"), Response.Invalid.class),
        arguments(new RecordBatchTooLargeException("no"), Response.Invalid.class),
        arguments(new TimeoutException("no"), Response.FateUnknown.class),
        arguments(new NotEnoughReplicasAfterAppendException("no"), Response.FateUnknown.class),
        arguments(new NotEnoughReplicasException("no"), Response.FateUnknown.class),
        arguments(new UnknownTopicOrPartitionException("no"), Response.FateUnknown.class),
        arguments(new OutOfOrderSequenceException("no"), Response.FateUnknown.class),
        arguments(new KafkaStorageException("no"), Response.FateUnknown.class),
        arguments(new UnknownServerException("no"), Response.FateUnknown.class),
        arguments(new KafkaException("closed"), Response.FateUnknown.class));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void shouldBeSureOfWhatTheLogRefused(
      RuntimeException failure, Class<? extends Response> expected) {
    var response = sender.sendWithin(record("a"), LATE);

    log.errorNext(failure);

    assertThat(response.join()).isInstanceOf(expected);
  }

  @Test
  void shouldNotBlameTheCallerForATimeThatThisProcessStamped() {
    var stamped = record("a");
    stamped.headers().add(LogFormat.CLOCK_HEADER, ClockStamp.BY_WALL_CLOCK.encode());
    var response = sender.sendWithin(stamped, LATE);

    log.errorNext(new InvalidTimestampException("out of range"));

    assertThat(response.join()).isSameAs(LogSender.WRONG_CLOCK);
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
