package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static io.countess.topology.FoldFixture.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.CounterName;
import io.countess.event.LogFormat;
import io.countess.event.RecordKey;
import io.countess.fold.ForwardMark;
import java.time.Duration;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/**
 * Other producers partition otherwise: a record that stands in the wrong partition goes on to the
 * right one, and is counted there exactly once. This is partition 0 of four.
 */
class MisplacedRecordTest {
  private static final String HERE = Keys.keyIn("n", 0, 4);
  private static final String IN_2 = Keys.keyIn("n", 2, 4);
  private static final String IN_3 = Keys.keyIn("n", 3, 4);
  private static final long AT = START.toEpochMilli();

  @Test
  void shouldForwardAMisplacedRecordAsItIsAndNotCountIt() {
    try (var fold = FoldFixture.ofPartitions(4)) {
      fold.pipe("n/" + IN_2, "{\"n\": 5 }", START);

      assertThat(fold.forwarder.sent).hasSize(1);
      var sent = fold.forwarder.sent.get(0);
      assertThat(sent.partition()).isEqualTo(2);
      assertThat(sent.key()).isEqualTo(utf8("n/" + IN_2));
      assertThat(sent.value()).isEqualTo(utf8("{\"n\": 5 }"));
      assertThat(sent.atMillis()).isEqualTo(AT);
      assertThat(fold.heard.decisions).isEmpty();
      assertThat(fold.heard.forwarded).isEqualTo(1);
      assertThat(fold.reader().namespaces()).isEmpty();
    }
  }

  @Test
  void shouldSayWhereAForwardedRecordComesFromAndWhatWentThereBefore() {
    try (var fold = FoldFixture.ofPartitions(4)) {
      fold.pipe("n/" + IN_2, null, START);
      fold.pipe("n/" + IN_3, null, START);
      fold.pipe("n/" + HERE, null, START);
      fold.pipe("n/" + IN_2, null, START.plusMillis(1));

      assertThat(fold.forwarder.mark(0)).isEqualTo(new ForwardMark(0, 0, -1, AT));
      assertThat(fold.forwarder.mark(1)).isEqualTo(new ForwardMark(0, 1, -1, AT));
      assertThat(fold.forwarder.mark(2)).isEqualTo(new ForwardMark(0, 3, 0, AT + 1, true));
    }
  }

  @Test
  void shouldCountAForwardedRecord() {
    try (var fold = FoldFixture.ofPartitions(4)) {
      fold.pipeForwarded("n/" + HERE, "{\"n\":3}", START, new ForwardMark(2, 17, -1, AT));

      assertThat(fold.count("n", HERE, START)).isEqualTo(3);
      assertThat(fold.store().state().checkpoint().foldedFrom(2)).isEqualTo(17);
    }
  }

  @Test
  void shouldCountARecordOnceHoweverOftenItIsForwarded() {
    try (var fold = FoldFixture.ofPartitions(4)) {
      var first = new ForwardMark(2, 17, -1, AT);
      var second = new ForwardMark(2, 20, 17, AT);
      fold.pipeForwarded("n/" + HERE, null, START, first);
      fold.pipeForwarded("n/" + HERE, null, START, second);
      fold.pipeForwarded("n/" + HERE, null, START, first);
      fold.pipeForwarded("n/" + HERE, null, START, second);

      assertThat(fold.count("n", HERE, START)).isEqualTo(2);
    }
  }

  @Test
  void shouldPassOverARecordWhoseForerunnerIsMissingUntilBothComeAgain() {
    try (var fold = FoldFixture.ofPartitions(4)) {
      var first = new ForwardMark(2, 17, -1, AT);
      var second = new ForwardMark(2, 20, 17, AT);
      fold.pipeForwarded("n/" + HERE, null, START, second);
      assertThat(fold.count("n", HERE, START)).isZero();

      fold.pipeForwarded("n/" + HERE, null, START, first);
      fold.pipeForwarded("n/" + HERE, null, START, second);

      assertThat(fold.count("n", HERE, START)).isEqualTo(2);
    }
  }

  @Test
  void shouldCountAForwardedRecordThatWasAsLargeAsARecordMayBe() {
    try (var fold = FoldFixture.ofPartitions(4)) {
      int room = LogFormat.MAX_RECORD_BYTES - "n/".length() - HERE.length() - "{}".length();
      String largest = "{" + " ".repeat(room) + "}";
      fold.pipe("n/" + IN_2, largest, START);
      fold.pipeForwarded("n/" + HERE, largest, START, new ForwardMark(2, 17, -1, AT));

      assertThat(fold.forwarder.sent).hasSize(1);
      assertThat(fold.count("n", HERE, START)).isEqualTo(1);
    }
  }

  @Test
  void shouldKeepTheChainsOfOtherPartitionsApart() {
    try (var fold = FoldFixture.ofPartitions(4)) {
      fold.pipeForwarded("n/" + HERE, null, START, new ForwardMark(2, 17, -1, AT));
      fold.pipeForwarded("n/" + HERE, null, START, new ForwardMark(3, 17, -1, AT));

      assertThat(fold.count("n", HERE, START)).isEqualTo(2);
    }
  }

  @Test
  void shouldForwardANamespaceThatIsWrittenOtherwiseUnderItsCanonicalKey() {
    try (var fold = FoldFixture.ofPartitions(4)) {
      String key = Keys.keyIn("a b", 3, 4);
      fold.pipe("a b/" + key, null, START);

      assertThat(fold.forwarder.sent.get(0).partition()).isEqualTo(3);
      assertThat(fold.forwarder.sent.get(0).key()).isEqualTo(utf8("a%20b/" + key));
    }
  }

  @Test
  void shouldCountANamespaceThatIsWrittenOtherwiseWhereItAlreadyIsAtHome() {
    try (var fold = FoldFixture.ofPartitions(4)) {
      String key = Keys.keyIn("a b", 0, 4);
      fold.pipe("a b/" + key, null, START);
      fold.pipe(RecordKey.of(CounterName.of("a b", key)), null, START);

      assertThat(fold.forwarder.sent).isEmpty();
      assertThat(fold.count("a b", key, START)).isEqualTo(2);
    }
  }

  @Test
  void shouldBuryARecordThatIsMisplacedThoughItWasForwarded() {
    try (var fold = FoldFixture.ofPartitions(4)) {
      fold.pipeForwarded("n/" + IN_3, null, START, new ForwardMark(2, 17, -1, AT));
      fold.pipeForwarded("n/" + HERE, null, START, new ForwardMark(2, 18, 17, AT));

      assertThat(fold.forwarder.sent).isEmpty();
      assertThat(fold.deadLetters()).hasSize(1);
      assertThat(fold.count("n", HERE, START)).isEqualTo(1);
    }
  }

  @Test
  void shouldTakeTheHeadersOfTheSenderAlong() {
    try (var fold = FoldFixture.ofPartitions(4)) {
      var headers = new RecordHeaders();
      headers.add(LogFormat.CALLER_HEADER, utf8("who asks"));
      headers.add("trace", utf8("1"));
      headers.add("trace", utf8("2"));
      fold.pipe(utf8("n/" + IN_2), null, headers, START);

      var sent = fold.forwarder.sent.get(0).headers();
      assertThat(sent.lastHeader(LogFormat.CALLER_HEADER).value()).isEqualTo(utf8("who asks"));
      assertThat(sent.headers("trace")).hasSize(2);
      assertThat(fold.heard.answers).isEmpty();
    }
  }

  /** The log refuses records that are more than six days old. */
  @Test
  void shouldForwardAnOldRecordAsOfNowWithItsOwnTimeInTheMark() {
    var old = START.minus(Duration.ofDays(5)).minusMillis(1);
    try (var fold = FoldFixture.ofPartitions(4)) {
      fold.pipe("n/" + IN_2, null, old);

      assertThat(fold.forwarder.sent.get(0).atMillis()).isEqualTo(AT);
      assertThat(fold.forwarder.mark(0).atMillis()).isEqualTo(old.toEpochMilli());
    }
  }

  @Test
  void shouldCountAForwardedRecordAtItsOwnTime() {
    try (var fold = FoldFixture.ofPartitions(4)) {
      var mark = new ForwardMark(2, 17, -1, AT - 50_000);
      fold.pipeForwarded("n/" + HERE, null, START, mark);

      assertThat(fold.count("n", HERE, START.plusSeconds(9))).isEqualTo(1);
      assertThat(fold.count("n", HERE, START.plusSeconds(10))).isZero();
    }
  }

  @Test
  void shouldLetNoTimePassInThePartitionThatOnlyForwards() {
    try (var fold = FoldFixture.ofPartitions(4)) {
      fold.put("n", HERE, 1, START);
      fold.pipe("n/" + IN_2, null, START.plusSeconds(1000));

      assertThat(fold.put("n", HERE, 1, START).outcome().wireName()).isEqualTo("accepted");
      assertThat(fold.count("n", HERE, START)).isEqualTo(2);
    }
  }
}
