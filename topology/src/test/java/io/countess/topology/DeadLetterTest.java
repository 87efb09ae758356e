package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static io.countess.topology.FoldFixture.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.LogFormat;
import io.countess.event.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can't be folded goes to the dead letters as it is, with the reason; the rest goes on. */
class DeadLetterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          n/k  | {"n":"1"}                    | n must be a number
          n/k  | {"m":1}                      | m is not a field here
          n/k  | {"value":1}                  | value is not for the op put
          n/k  | {"op":"add"}                 | op is 'add'; it must be one of put, set, write, reset
          n/k  | {"op":"set"}                 | value is missing
          n/k  | {"op":"policy"}              | policy is missing
          n/k  | {"ttl":"1 minute"}           | ttl is '1 minute'; it must be a duration
          n/k  | {"ttl":"401d"}               | it may be at most 400d
          n/k  | {"ttl":"0s"}                 | it must be longer than zero
          n/k  | {"n":1,"n":2}                | n is given twice
          n/k  | {"n":1} x                    | is not JSON
          n/k  | [1]                          | must be a JSON object
          n/k  | hello                        | is not JSON
          nk   | {}                           | key has no '/' between the namespace and the key
          n%/k | {}                           | two hexadecimal digits
          n/   | {"op":"policy","policy":{"kind":"x"}} | must be one of expiring, leaky, window, total, gauge, value and limits
          """)
  void shouldBuryARecordThatCannotBeReadAndSayWhy(String key, String value, String reason) {
    try (var fold = FoldFixture.inMemory()) {
      fold.pipe(key, value, START);

      var letters = fold.deadLetters();
      assertThat(letters).hasSize(1);
      assertThat(header(letters.get(0), LogFormat.REASON_HEADER)).contains(reason);
      assertThat(fold.heard.deadLetterReasons.get(0)).contains(reason);
      assertThat(fold.heard.decisions).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"n":-1}                 | a counter of the kind expiring can't be reduced
          {"op":"set","value":1}   | a counter of the kind expiring can't be set
          {"op":"policy","plan":"pro"} | the policy of the namespace has no plans
          {"op":"defaults","policy":{"kind":"total"}} | set under the key
          """)
  void shouldBuryWhatCanNeverBeDoneIfNobodyWaitsForTheDecision(String value, String reason) {
    try (var fold = FoldFixture.inMemory()) {
      fold.pipe("n/k", value, START);

      assertThat(fold.heard.decisions.get(0).outcome()).isEqualTo(Outcome.IMPOSSIBLE);
      assertThat(header(fold.deadLetters().get(0), LogFormat.REASON_HEADER)).contains(reason);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"kind":"expiring","limit":3}                | {"n":4}
          {"kind":"expiring","limit":3}                | {"n":4,"id":"a"}
          {"kind":"expiring"}                          | {"n":9223372036854775807}
          {"kind":"leaky","rate":"1/s","capacity":3}   | {"n":4}
          {"kind":"leaky","rate":"1/s"}                | {"n":9223372036854775807}
          {"kind":"window","period":"day","limit":3}   | {"n":4}
          {"kind":"window","period":"day","maxDelta":3} | {"n":-4}
          {"kind":"window","period":"day"}             | {"n":9223372036854775807}
          {"kind":"total","maxDelta":3}                | {"n":4}
          {"kind":"total"}                             | {"n":9223372036854775807}
          {"kind":"gauge","maxDelta":3}                | {"n":3.5}
          {"kind":"gauge","maxDelta":3}                | \
          {"op":"claim","counters":[{"key":"k","n":4}]}
          """)
  void shouldNotBuryWhatIsOnlyTooMuch(String policy, String value) {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("n", policy, START);
      fold.put("n", "k", 1, START);
      fold.pipe("n/k", value, START);

      assertThat(fold.heard.decisions).last().matches(it -> it.outcome() == Outcome.IMPOSSIBLE);
      assertThat(fold.deadLetters()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"kind":"expiring","limit":3}     | {"n":-4}
          {"kind":"expiring","limit":3}     | {"n":4.5}
          {"kind":"leaky","rate":"1/s","capacity":3} | {"n":4,"ttl":"1s"}
          {"kind":"leaky","rate":"1/s","capacity":0} | {"n":4,"ttl":"1s"}
          {"kind":"window","period":"day","limit":0} | {"n":4,"ttl":"1s"}
          {"kind":"total","maxDelta":3}     | {"n":4,"ttl":"1s"}
          {"kind":"total","limit":0}        | {"n":4,"ttl":"1s"}
          {"kind":"total","maxDelta":3}     | {"n":4.5}
          {"kind":"gauge","maxDelta":3}     | {"n":4,"ttl":"1s"}
          {"kind":"leaky","rate":"1/s","capacity":3} | \
          {"op":"claim","counters":[{"key":"k","n":4,"ttl":"1s"}]}
          """)
  void shouldBuryWhatIsNotForTheKindHoweverMuchItIs(String policy, String value) {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("n", policy, START);
      fold.pipe("n/k", value, START);

      assertThat(fold.heard.decisions).last().matches(it -> it.outcome() == Outcome.IMPOSSIBLE);
      assertThat(fold.deadLetters()).hasSize(1);
    }
  }

  @Test
  void shouldKeepBytesTimeAndHeadersAndAddWhereItStood() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("n", "k", 1, START);
      byte[] key = {0, (byte) 0xff};
      byte[] value = {(byte) 0xfe, 1, 2};
      var headers = new RecordHeaders();
      headers.add("trace", utf8("17"));
      fold.pipe(key, value, headers, START.plusSeconds(3));

      var letter = fold.deadLetters().get(0);
      assertThat(letter.key()).isEqualTo(key);
      assertThat(letter.value()).isEqualTo(value);
      assertThat(letter.getRecordTime()).isEqualTo(START.plusSeconds(3));
      assertThat(header(letter, "trace")).isEqualTo("17");
      assertThat(header(letter, LogFormat.POSITION_HEADER)).isEqualTo("0@1");
    }
  }

  @Test
  void shouldBuryARecordWithoutAKey() {
    try (var fold = FoldFixture.inMemory()) {
      fold.pipe((byte[]) null, utf8("{}"), START);

      var letter = fold.deadLetters().get(0);
      assertThat(letter.key()).isNull();
      assertThat(header(letter, LogFormat.REASON_HEADER)).contains("key is missing");
    }
  }

  @Test
  void shouldBuryNamesThatAreTooLong() {
    try (var fold = FoldFixture.inMemory()) {
      fold.pipe("n".repeat(65) + "/k", null, START);
      fold.pipe("%20".repeat(65) + "/k", null, START);
      fold.pipe("n/" + "k".repeat(4097), null, START);
      fold.pipe("%20".repeat(64) + "/" + "k".repeat(4096), null, START);

      assertThat(fold.deadLetters()).hasSize(3);
      assertThat(fold.heard.decisions).hasSize(1);
    }
  }

  @Test
  void shouldBuryARecordThatIsTooLargeHeadersIncluded() {
    String padded = "{\"n\":1" + " ".repeat(65_000) + "}";
    var headers = new RecordHeaders();
    headers.add("padding", new byte[600]);
    try (var fold = FoldFixture.inMemory()) {
      fold.pipe("n/k", padded, START);
      fold.pipe("n/k", padded + " ".repeat(600), START);
      fold.pipe(utf8("n/k"), utf8(padded), headers, START);

      assertThat(fold.count("n", "k", START)).isEqualTo(1);
      assertThat(fold.deadLetters())
          .allSatisfy(
              letter ->
                  assertThat(header(letter, LogFormat.REASON_HEADER))
                      .contains("it may take at most 65536"))
          .hasSize(2);
    }
  }

  /** Compressed it fits into the log; as it is it would not fit into the dead letters. */
  @Test
  void shouldBuryTheBeginningOfARecordThatIsTooLargeForTheDeadLetters() {
    var headers = new RecordHeaders();
    headers.add("padding", new byte[3 << 20]);
    try (var fold = FoldFixture.inMemory()) {
      fold.pipe(utf8("n/k"), new byte[3 << 20], START);
      fold.pipe(new byte[3 << 20], utf8("{}"), START);
      fold.pipe(utf8("n/k"), utf8("{}"), headers, START);

      assertThat(fold.deadLetters())
          .hasSize(3)
          .allSatisfy(letter -> assertThat(bytes(letter)).isLessThan(1 << 20))
          .allSatisfy(
              letter ->
                  assertThat(header(letter, LogFormat.REASON_HEADER))
                      .contains("only the beginning"));
    }
  }

  /** Kept under its own time such a letter would be deleted at once, or not be taken at all. */
  @Test
  void shouldBuryARecordWithoutAUsableTimeAsOfNow() {
    try (var fold = FoldFixture.inMemory()) {
      fold.pipe("n/k", null, Instant.EPOCH);
      fold.pipe("n/k", null, Instant.ofEpochMilli(Long.MAX_VALUE));
      fold.pipe("/", "{\"op\":\"tick\"}", Instant.ofEpochMilli(Long.MAX_VALUE));

      assertThat(fold.deadLetters())
          .hasSize(3)
          .allSatisfy(letter -> assertThat(letter.getRecordTime()).isEqualTo(START));
      assertThat(fold.heard.deadLetterReasons)
          .allSatisfy(reason -> assertThat(reason).contains("timestamp"));
      assertThat(fold.put("n", "k", 1, START).outcome()).isEqualTo(Outcome.ACCEPTED);
    }
  }

  /** Kafka's own extractors end the thread, or drop the record without a trace. */
  @Test
  void shouldTakeANegativeTimeAsNone() {
    var record = new ConsumerRecord<Object, Object>("countess.events", 0, 0, null, null);

    assertThat(record.timestamp()).isNegative();
    assertThat(new EventTime().extract(record, 17)).isZero();
  }

  @Test
  void shouldBuryNothingThatWasDecidedForACaller() {
    var headers = new RecordHeaders();
    headers.add(LogFormat.CALLER_HEADER, utf8("me"));
    try (var fold = FoldFixture.inMemory()) {
      fold.pipe(utf8("n/k"), utf8("{\"n\":-1}"), headers, START);

      assertThat(fold.deadLetters()).isEmpty();
      assertThat(fold.heard.answers.get(0).decision().outcome()).isEqualTo(Outcome.IMPOSSIBLE);
    }
  }

  private static long bytes(TestRecord<byte[], byte[]> record) {
    long bytes = (long) record.key().length + record.value().length;
    for (var header : record.headers()) {
      bytes += header.key().length() + header.value().length;
    }
    return bytes;
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    Headers headers = record.headers();
    return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
