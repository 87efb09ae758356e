package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static io.countess.topology.FoldFixture.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Decision;
import io.countess.event.LogFormat;
import io.countess.event.Outcome;
import io.countess.event.Position;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** Who puts a header into a record hears what was decided, and the header changes nothing else. */
class CallerTest {
  @Test
  void shouldTellTheCallerWhatWasDecidedAndWhereItStands() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("n", "k", 1, START);
      fold.pipe(utf8("n/k"), utf8("{\"n\":2}"), caller(utf8("me")), START);

      var answer = fold.heard.answers.get(0);
      assertThat(answer.caller()).isEqualTo(utf8("me"));
      assertThat(answer.decision().outcome()).isEqualTo(Outcome.ACCEPTED);
      assertThat(answer.decision().count()).hasValue(3);
      assertThat(answer.decision().position()).contains(Position.of(0, 1));
    }
  }

  /** So that the next answer, whoever asks, is of a state that includes it, and says so. */
  @Test
  void shouldTellTheCallerOnceTheProgressIncludesItsRecord() {
    try (var fold = FoldFixture.inMemory()) {
      fold.pipe(utf8("n/k"), null, caller(utf8("me")), START);
      fold.pipe(utf8("n/k"), utf8("{\"m\":2}"), caller(utf8("me")), START);

      assertThat(fold.heard.answers)
          .extracting(RecordingObserver.Answer::folded)
          .containsExactly(0L, 1L);
    }
  }

  @Test
  void shouldTellTheCallerThatItsRecordCannotBeReadAndBuryIt() {
    try (var fold = FoldFixture.inMemory()) {
      fold.pipe(utf8("n/k"), utf8("{\"m\":2}"), caller(utf8("me")), START);

      Decision decision = fold.heard.answers.get(0).decision();
      assertThat(decision.outcome()).isEqualTo(Outcome.IMPOSSIBLE);
      assertThat(decision.reason().orElseThrow()).contains("m is not a field here");
      assertThat(decision.position()).contains(Position.of(0, 0));
      assertThat(fold.deadLetters()).hasSize(1);
    }
  }

  @Test
  void shouldTellTheCallerAboutItsPolicy() {
    try (var fold = FoldFixture.inMemory()) {
      String change = "{\"op\":\"policy\",\"policy\":{\"kind\":\"total\"}}";
      fold.pipe(utf8("n/"), utf8(change), caller(utf8("me")), START);

      Decision decision = fold.heard.answers.get(0).decision();
      assertThat(decision.outcome()).isEqualTo(Outcome.ACCEPTED);
      assertThat(decision.count()).isEmpty();
    }
  }

  @Test
  void shouldNotAnswerWhereItOnlyForwards() {
    try (var fold = FoldFixture.ofPartitions(4)) {
      byte[] key = utf8("n/" + Keys.keyIn("n", 3, 4));
      fold.pipe(key, null, caller(utf8("me")), START);

      assertThat(fold.heard.answers).isEmpty();
    }
  }

  @Test
  void shouldTakeAHeaderWithoutAValueForNobody() {
    try (var fold = FoldFixture.inMemory()) {
      fold.pipe(utf8("n/k"), utf8("{\"n\":-1}"), caller(null), START);

      assertThat(fold.heard.answers).isEmpty();
      assertThat(fold.deadLetters()).hasSize(1);
    }
  }

  @Test
  void shouldAnswerOnceWhereTheHeaderIsGivenTwice() {
    try (var fold = FoldFixture.inMemory()) {
      Headers twice = caller(utf8("one")).add(LogFormat.CALLER_HEADER, utf8("two"));
      fold.pipe(utf8("n/k"), null, twice, START);

      assertThat(fold.heard.answers).hasSize(1);
      assertThat(fold.heard.answers.get(0).caller()).isEqualTo(utf8("two"));
    }
  }

  private static Headers caller(byte[] value) {
    return new RecordHeaders().add(LogFormat.CALLER_HEADER, value);
  }
}
