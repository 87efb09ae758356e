package io.countess.cli.deadletters;

import io.countess.cli.console.ExitCode;
import io.countess.cli.console.FailedException;
import io.countess.client.EventPartitioner;
import io.countess.event.LogFormat;
import io.countess.event.Position;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Appends dead letters to the log again, one at a time: each is in the log before the next is sent,
 * so that an interruption can lead to one letter being put back twice, and not more. A transaction
 * would not have even that, but while it is open nobody can read on in the partition, and one that
 * was killed stays open for a while.
 */
final class PutBack implements AutoCloseable {
  private final Producer<byte[], byte[]> producer;
  private final Optional<byte[]> otherKey;
  private final boolean nowIfTooOld;

  /**
   * @param otherKey a record key to be used instead of the letter's own
   * @param nowIfTooOld whether a letter of a time that the log takes no longer is put at the
   *     present
   */
  PutBack(Producer<byte[], byte[]> producer, Optional<byte[]> otherKey, boolean nowIfTooOld) {
    this.producer = producer;
    this.otherKey = otherKey;
    this.nowIfTooOld = nowIfTooOld;
  }

  /** A producer that places records by the rule of the log. */
  static Producer<byte[], byte[]> producer(Map<String, Object> clients) {
    Map<String, Object> settings = new HashMap<>(clients);
    settings.put("acks", "all");
    settings.put("enable.idempotence", true);
    settings.put("partitioner.class", EventPartitioner.class.getName());
    var bytes = new ByteArraySerializer();
    return new KafkaProducer<>(settings, bytes, bytes);
  }

  /**
   * Appends {@code letter}, without its headers: they speak of its first time.
   *
   * @return where it now stands in the log
   * @throws UnfitLetterException where it can't be put back as it is
   * @throws FailedException where the log does not take it
   */
  Position put(DeadLetter letter) {
    byte[] key = otherKey.orElse(letter.key());
    if (key == null) {
      throw unfit(letter, "has no key: give one with --key");
    }
    try {
      Long atMillis = letter.atMillis() < 0 ? null : (Long) letter.atMillis();
      if (atMillis == null && !nowIfTooOld) {
        throw unfit(letter, "has no time: --now gives it the present time");
      }
      return append(key, letter, atMillis);
    } catch (InvalidTimestampException tooOld) {
      if (nowIfTooOld) {
        return append(key, letter, null);
      }
      throw unfit(
          letter,
          "is of %s, which is too old for the log: --now gives it the present time"
              .formatted(Instant.ofEpochMilli(letter.atMillis())));
    }
  }

  @Override
  public void close() {
    producer.close();
  }

  private Position append(byte[] key, DeadLetter letter, Long atMillis) {
    var record = new ProducerRecord<>(LogFormat.EVENTS_TOPIC, null, atMillis, key, letter.value());
    try {
      var metadata = producer.send(record).get();
      return Position.of(metadata.partition(), metadata.offset());
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof InvalidTimestampException invalid) {
        throw invalid;
      }
      throw new FailedException(
          ExitCode.FAILED,
          letter.id() + " is not taken by the log: " + failed.getCause().getMessage(),
          failed);
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }

  private static UnfitLetterException unfit(DeadLetter letter, String why) {
    return new UnfitLetterException(
        "%s %s; 'dead-letters forget %s' passes it over".formatted(letter.id(), why, letter.id()));
  }
}
