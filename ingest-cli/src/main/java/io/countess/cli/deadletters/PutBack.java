package io.countess.cli.deadletters;

import io.countess.event.LogFormat;
import io.countess.event.Position;
import io.countess.event.codec.TimeHeader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Appends dead letters to the log again, without their headers: those speak of their first time.
 * Only that which says when the event happened goes along.
 *
 * <p>A broker refuses a batch as a whole for one record in it. So letters that it would refuse are
 * sorted out before, as far as that can be told. Batches that are refused all the same are halved.
 */
final class PutBack {
  private static final String OLDEST = "message.timestamp.before.max.ms";

  /** What is nearly too old may be so for the broker, by its clock and when it comes there. */
  private static final Duration MARGIN = Duration.ofMinutes(2);

  private final Desk desk;
  private final Options options;
  private final Duration oldest;
  private final InstantSource clock;

  /**
   * What may be changed about letters.
   *
   * @param otherKey a record key to be used instead of the letter's own
   * @param nowIfTooOld whether a letter of a time that the log takes no longer is put at the
   *     present
   */
  record Options(Optional<byte[]> otherKey, boolean nowIfTooOld) {}

  /** Is told what becomes of each letter. */
  interface Report {
    void putBack(DeadLetter letter, Position position);

    void passedOver(DeadLetter letter, String why);
  }

  /**
   * @param oldest how old a record may be that the log takes
   */
  PutBack(Desk desk, Options options, Duration oldest, InstantSource clock) {
    this.desk = desk;
    this.options = options;
    this.oldest = oldest;
    this.clock = clock;
  }

  /** How old a record may be that the log takes; any where the cluster does not tell. */
  static Duration oldest(Clients clients) {
    var topic = new ConfigResource(ConfigResource.Type.TOPIC, LogFormat.EVENTS_TOPIC);
    try (Admin admin = clients.admin()) {
      Map<ConfigResource, Config> found =
          Clients.await(admin.describeConfigs(List.of(topic)).all());
      return Duration.ofMillis(Long.parseLong(found.get(topic).get(OLDEST).value()));
    } catch (KafkaException untold) {
      return Duration.ofMillis(Long.MAX_VALUE);
    }
  }

  /** Puts {@code letters} back, those that can be. */
  void put(List<DeadLetter> letters, Report report) {
    var fit = new ArrayList<DeadLetter>();
    for (DeadLetter letter : letters) {
      Optional<String> why = unfit(letter);
      why.ifPresentOrElse(it -> report.passedOver(letter, it), () -> fit.add(letter));
    }
    append(fit, report);
  }

  private void append(List<DeadLetter> letters, Report report) {
    if (letters.isEmpty()) {
      return;
    }
    List<RecordMetadata> appended;
    try {
      appended = desk.deal(letters, letters.stream().map(this::record).toList());
    } catch (RefusedRecordException refused) {
      appendHalves(letters, refused, report);
      return;
    }
    for (int i = 0; i < letters.size(); i++) {
      RecordMetadata metadata = appended.get(i);
      report.putBack(letters.get(i), Position.of(metadata.partition(), metadata.offset()));
    }
  }

  private void appendHalves(
      List<DeadLetter> letters, RefusedRecordException refused, Report report) {
    if (letters.size() == 1) {
      DeadLetter letter = letters.get(0);
      String why = refused.isOfItsTime() ? badTime(letter) : "is refused: " + refused.getMessage();
      report.passedOver(letter, why);
      return;
    }
    int half = letters.size() / 2;
    append(letters.subList(0, half), report);
    append(letters.subList(half, letters.size()), report);
  }

  private Optional<String> unfit(DeadLetter letter) {
    if (key(letter) == null) {
      return Optional.of("has no key: give one with --key");
    } else if (options.nowIfTooOld()) {
      return Optional.empty();
    } else if (letter.atMillis() < 0) {
      return Optional.of("has no time: --now gives it the present time");
    }
    return isTooOld(letter) ? Optional.of(badTime(letter)) : Optional.empty();
  }

  private ProducerRecord<byte[], byte[]> record(DeadLetter letter) {
    long soonTooOld = oldest.toMillis() - MARGIN.toMillis();
    boolean now = options.nowIfTooOld() && (letter.atMillis() < 0 || age(letter) > soonTooOld);
    Long atMillis = now || letter.isOlder() ? null : (Long) letter.atMillis();
    var record =
        new ProducerRecord<>(LogFormat.EVENTS_TOPIC, null, atMillis, key(letter), letter.value());
    if (letter.isOlder() && !now) {
      record.headers().add(LogFormat.TIME_HEADER, TimeHeader.encode(letter.atMillis()));
    }
    return record;
  }

  private byte[] key(DeadLetter letter) {
    return options.otherKey().orElse(letter.key());
  }

  private boolean isTooOld(DeadLetter letter) {
    return !letter.isOlder() && age(letter) > oldest.toMillis();
  }

  private long age(DeadLetter letter) {
    return clock.millis() - letter.atMillis();
  }

  private String badTime(DeadLetter letter) {
    String how =
        age(letter) < 0
            ? "is of %s, and the log takes no time ahead of its own yet: try again later"
            : "is of %s, which is too old for the log: --now gives it the present time";
    return how.formatted(Instant.ofEpochMilli(letter.atMillis()));
  }
}
