package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static io.countess.topology.FoldFixture.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.LogFormat;
import io.countess.event.Outcome;
import io.countess.event.Partitions;
import io.countess.fold.ForwardMark;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Only the fold marks records as forwarded, but anybody may write such a header. What can't be a
 * mark is none: the record is folded like any other.
 */
class ForwardMarkTest {
  private static final long AT = START.toEpochMilli();
  private static final String KEY = Keys.keyIn("n", 0, 4);

  static Stream<ForwardMark> impossibleMarks() {
    return Stream.of(
        new ForwardMark(-1, 5, -1, AT),
        new ForwardMark(4, 5, -1, AT),
        new ForwardMark(Integer.MAX_VALUE, 5, -1, AT),
        new ForwardMark(Integer.MIN_VALUE, 5, -1, AT),
        new ForwardMark(0, 5, -1, AT),
        new ForwardMark(1, -1, -1, AT),
        new ForwardMark(1, 5, 5, AT),
        new ForwardMark(1, 5, 6, AT),
        new ForwardMark(1, 5, -2, AT),
        new ForwardMark(1, Long.MIN_VALUE, -1, AT),
        new ForwardMark(1, 5, -1, AT + 1),
        new ForwardMark(1, 5, -1, Long.MAX_VALUE),
        new ForwardMark(1, 5, -1, 0),
        new ForwardMark(1, 5, -1, -1));
  }

  @ParameterizedTest
  @MethodSource("impossibleMarks")
  void shouldFoldARecordWithAMarkThatCannotBeLikeAnyOther(ForwardMark mark) {
    try (var fold = FoldFixture.ofPartitions(4)) {
      fold.pipeForwarded("n/" + KEY, null, START, mark);

      assertThat(fold.count("n", KEY, START)).isEqualTo(1);
      assertThat(fold.heard.decisions.get(0).atMillis()).isEqualTo(AT);
    }
  }

  @ParameterizedTest
  @MethodSource("impossibleMarks")
  void shouldForwardAMisplacedRecordWithSuchAMarkUnderItsOwn(ForwardMark mark) {
    try (var fold = FoldFixture.ofPartitions(4)) {
      fold.pipeForwarded("n/" + Keys.keyIn("n", 3, 4), null, START, mark);

      assertThat(fold.forwarder.mark(0)).isEqualTo(new ForwardMark(0, 0, -1, AT));
      assertThat(fold.forwarder.sent.get(0).headers().headers(LogFormat.FORWARDED_HEADER))
          .hasSize(1);
    }
  }

  @Test
  void shouldFoldARecordWithAHeaderThatIsNoMarkLikeAnyOther() {
    try (var fold = FoldFixture.ofPartitions(4)) {
      for (byte[] garbled : new byte[][] {null, {}, new byte[27], new byte[29], utf8("x")}) {
        var headers = new RecordHeaders();
        headers.add(LogFormat.FORWARDED_HEADER, garbled);
        fold.pipe(utf8("n/" + KEY), null, headers, START);
      }

      assertThat(fold.count("n", KEY, START)).isEqualTo(5);
    }
  }

  @Test
  void shouldNotLetAMarkTurnTimeForward() {
    try (var fold = FoldFixture.ofPartitions(4)) {
      long far = Instant.parse("9999-01-01T00:00:00Z").toEpochMilli();
      fold.pipeForwarded("n/" + KEY, null, START, new ForwardMark(1, 5, -1, far));
      fold.pipeForwarded("/", "{\"op\":\"tick\"}", START, new ForwardMark(1, 5, -1, far));

      assertThat(fold.put("n", KEY, 1, START).outcome()).isEqualTo(Outcome.ACCEPTED);
      assertThat(fold.count("n", KEY, START)).isEqualTo(2);
    }
  }

  /** Who can write to the log can reset every counter too; but the fold goes on. */
  @Test
  void shouldSurviveAForgedChangeOfTheDefaultPolicyThatItsHomeWouldHaveRefused() {
    try (var fold = FoldFixture.ofPartitions(5)) {
      int home = Partitions.of(utf8("/"), 5);
      String key = Keys.keyIn("n", 0, 5);
      fold.put("n", key, 1, START);
      var mark = new ForwardMark(home, 5, -1, AT);
      fold.pipeForwarded("/", "{\"op\":\"defaults\",\"policy\":{\"kind\":\"total\"}}", START, mark);

      fold.put("n", key, 7, START);

      assertThat(fold.count("n", key, START)).isEqualTo(7);
    }
  }

  @Test
  void shouldReadAMarkOfTheFirstForm() {
    var headers = new RecordHeaders();
    byte[] first = Arrays.copyOf(new ForwardMark(3, 9, 8, AT, true).encode(), 28);
    headers.add(LogFormat.FORWARDED_HEADER, first);

    assertThat(Marks.of(headers)).contains(new ForwardMark(3, 9, 8, AT));
  }

  @Test
  void shouldReadBackAMark() {
    var mark = new ForwardMark(3, 1L << 40, 17, AT);
    var headers = new RecordHeaders();
    headers.add(LogFormat.FORWARDED_HEADER, mark.encode());

    assertThat(Marks.of(headers)).contains(mark);
    headers.add(LogFormat.FORWARDED_HEADER, new ForwardMark(3, 9, 8, AT, true).encode());
    assertThat(Marks.of(headers)).contains(new ForwardMark(3, 9, 8, AT, true));
    assertThat(Marks.of(new RecordHeaders())).isEmpty();
  }
}
