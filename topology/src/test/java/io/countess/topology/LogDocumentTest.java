package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static io.countess.topology.FoldFixture.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Batch;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.LogFormat;
import io.countess.event.Outcome;
import io.countess.event.Partitions;
import io.countess.event.RecordKey;
import io.countess.event.Terms;
import io.countess.event.codec.EventCodec;
import io.countess.topology.LogDocument.Example;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** docs/LOG.md is true: the log does with its examples what it says. */
class LogDocumentTest {
  @Test
  void shouldDoWithEachExampleWhatThePageSays() {
    var softly = new SoftAssertions();
    try (var fold = FoldFixture.inMemory()) {
      for (Example example : LogDocument.examples()) {
        int decided = fold.heard.decisions.size();
        fold.pipe(example.key(), example.value(), START);
        String found = found(fold, example, decided);
        String expected = example.says().isEmpty() ? words(example) : example.says();
        softly.assertThat(found).as("%s", example).matches(pattern(expected));
      }
    }
    softly.assertAll();
  }

  @Test
  void shouldShowEveryOp() {
    List<Class<?>> shown =
        LogDocument.examples().stream()
            .filter(example -> !example.says().startsWith("dead letter"))
            .<Class<?>>map(example -> event(example).getClass())
            .distinct()
            .toList();

    assertThat(shown).containsExactlyInAnyOrder(Event.class.getPermittedSubclasses());
  }

  @Test
  void shouldPlaceKeysWhereThePageSays() {
    var softly = new SoftAssertions();
    var rows = LogDocument.table("| record key | t | murmur2(t) | of 4 | of 16 |");
    for (List<String> row : rows) {
      byte[] key = utf8(row.get(0));
      softly
          .assertThat(row.subList(2, row.size()))
          .as(row.get(0))
          .containsExactly(
              "0x%08x".formatted(Utils.murmur2(utf8(row.get(1)))),
              Integer.toString(Partitions.of(key, 4)),
              Integer.toString(Partitions.of(key, 16)));
    }
    softly.assertThat(rows).hasSizeGreaterThan(5);
    softly.assertAll();
  }

  @Test
  void shouldNameWhatTheLogNames() {
    assertThat(LogDocument.text())
        .contains(
            LogFormat.EVENTS_TOPIC,
            LogFormat.DEAD_LETTERS_TOPIC,
            LogFormat.CALLER_HEADER,
            LogFormat.SENT_HEADER,
            LogFormat.TIME_HEADER,
            LogFormat.FORWARDED_HEADER,
            LogFormat.REASON_HEADER,
            LogFormat.POSITION_HEADER)
        .contains("%,d bytes".formatted(LogFormat.MAX_RECORD_BYTES))
        .contains("0 to " + CounterName.MAX_NAMESPACE_BYTES + " bytes")
        .contains("a key 0 to " + CounterName.MAX_KEY_BYTES)
        .contains("1 to " + Event.MAX_ID_BYTES + " bytes of text")
        .contains("%,d ids at a time".formatted(Terms.DEFAULT.maxIds()))
        .contains("1 to " + Event.MAX_CLAIMED + " objects")
        .contains("1 to " + Batch.MAX_PARTS + " events")
        .contains("at most " + Batch.MAX_NOTE_BYTES + " bytes of text");
  }

  private static String found(FoldFixture fold, Example example, int decided) {
    var letters = fold.deadLetters();
    if (!letters.isEmpty()) {
      var reason = letters.get(0).headers().lastHeader(LogFormat.REASON_HEADER);
      return "dead letter: " + Utils.utf8(reason.value());
    }
    var decisions = fold.heard.decisions.subList(decided, fold.heard.decisions.size());
    return words(example)
        + decisions.stream()
            .filter(decision -> decision.outcome() != Outcome.ACCEPTED)
            .map(decision -> "; " + decision.outcome().wireName())
            .collect(Collectors.joining());
  }

  private static String words(Example example) {
    return EventWords.of(RecordKey.parse(utf8(example.key())), event(example));
  }

  private static Event event(Example example) {
    return EventCodec.decode(utf8(example.value()), utf8(example.key()));
  }

  private static Pattern pattern(String expected) {
    return Pattern.compile(
        Stream.of(expected.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
        Pattern.DOTALL);
  }
}
