package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static io.countess.topology.FoldFixture.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Decision;
import io.countess.event.LogFormat;
import io.countess.event.Outcome;
import io.countess.event.codec.ClockStamp;
import io.countess.event.codec.TimeHeader;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events that are older than the log lets a timestamp be: a header says when they happened. */
class OlderEventTest {
  private static final Instant NOW = START;
  private static final Instant LAST_WEEK = NOW.minus(Duration.ofDays(9));

  private final FoldFixture fold = FoldFixture.inMemory();

  @AfterEach
  void close() {
    fold.close();
  }

  @Test
  void shouldTakeAnEventAsOfWhenItHappened() {
    fold.policy("n", "{\"kind\":\"window\",\"period\":\"day\"}", NOW);
    fold.put("n", "k", 1, NOW);

    older("{\"n\":5}", header(LAST_WEEK));

    assertThat(last().outcome()).isEqualTo(Outcome.LATE);
    assertThat(fold.count("n", "k", NOW)).isEqualTo(1);
  }

  @Test
  void shouldAddItWhereItHasNotEnded() {
    fold.policy("n", "{\"kind\":\"total\"}", NOW);

    older("{\"n\":5}", header(LAST_WEEK));

    assertThat(fold.count("n", "k", NOW)).isEqualTo(5);
    older("{\"ttl\":\"240h\"}", "e/k", header(LAST_WEEK));
    assertThat(fold.count("e", "k", NOW.plus(Duration.ofHours(23)))).isEqualTo(1);
    assertThat(fold.count("e", "k", NOW.plus(Duration.ofHours(26)))).isZero();
  }

  @Test
  void shouldNotTakeTheTimeOfThePartitionBack() {
    fold.put("n", "k", 1, NOW);

    older("{}", header(LAST_WEEK));

    assertThat(last().atMillis()).isEqualTo(NOW.toEpochMilli());
    assertThat(fold.count("n", "k", NOW)).isEqualTo(1);
  }

  @Test
  void shouldBelieveNoServersClockBesideIt() {
    fold.put("n", "k", 1, NOW);
    var headers = header(LAST_WEEK);
    headers.add(LogFormat.CLOCK_HEADER, new ClockStamp(3_600_000, 0).encode());

    older("{}", headers);

    assertThat(last().outcome()).isEqualTo(Outcome.LATE);
  }

  /** It is sent now: sent again a minute later it is the same, whatever it says of its time. */
  @Test
  void shouldRememberItsIdFromItsTimestamp() {
    fold.policy("n", "{\"kind\":\"total\"}", NOW);
    older("{\"id\":\"a\"}", header(LAST_WEEK));
    fold.put("n", "other", 1, NOW.plusSeconds(90));

    older("{\"id\":\"a\"}", header(LAST_WEEK));

    assertThat(last().details().replayed()).isTrue();
    assertThat(fold.count("n", "k", NOW)).isEqualTo(1);
  }

  @Test
  void shouldForwardItWithItsTime() {
    try (var four = FoldFixture.ofPartitions(4)) {
      four.pipe(utf8("n/" + Keys.keyIn("n", 2, 4)), utf8("{}"), header(LAST_WEEK), NOW);

      var sent = four.forwarder.sent.get(0);
      assertThat(sent.atMillis()).isEqualTo(NOW.toEpochMilli());
      assertThat(sent.headers().lastHeader(LogFormat.TIME_HEADER)).isNotNull();
      assertThat(four.forwarder.mark(0).atMillis()).isEqualTo(LAST_WEEK.toEpochMilli());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'countess-time is no time; it must be milliseconds since 1970, in digits'",
    "2026-11-09T04:05:06Z, 'countess-time is no time; it must be milliseconds since 1970, in digits'",
    "-5, 'countess-time is no time; it must be milliseconds since 1970, in digits'",
    "9999999999999999999, 'countess-time is no time; it must be milliseconds since 1970, in digits'",
    "0, 'timestamp is missing, negative or past the year 9999'",
    "253402300799999, 'countess-time is later than the record''s timestamp; it must be earlier'",
  })
  void shouldMakeADeadLetterOfAHeaderThatIsNoSuchTime(String value, String reason) {
    older("{}", new RecordHeaders().add(LogFormat.TIME_HEADER, utf8(value)));

    var letter = fold.deadLetters().get(0);
    assertThat(Utils.utf8(letter.headers().lastHeader(LogFormat.REASON_HEADER).value()))
        .isEqualTo(reason);
    assertThat(letter.headers().lastHeader(LogFormat.TIME_HEADER).value()).isEqualTo(utf8(value));
  }

  private Decision last() {
    return fold.heard.decisions.get(fold.heard.decisions.size() - 1);
  }

  private void older(String event, Headers headers) {
    older(event, "n/k", headers);
  }

  private void older(String event, String key, Headers headers) {
    fold.pipe(utf8(key), utf8(event), headers, NOW);
  }

  private static RecordHeaders header(Instant at) {
    var headers = new RecordHeaders();
    headers.add(LogFormat.TIME_HEADER, TimeHeader.encode(at.toEpochMilli()));
    return headers;
  }
}
