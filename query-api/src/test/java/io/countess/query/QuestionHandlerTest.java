package io.countess.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.answer.Answer;
import io.countess.event.Amount;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Glob;
import io.countess.event.WindowName;
import io.countess.state.InMemoryRows;
import io.countess.state.PartitionReader;
import io.countess.state.PartitionState;
import io.countess.state.TimeSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QuestionHandlerTest {
  private static final ByteString NAMESPACE = ByteString.utf8("calls");

  private static final WindowName OCTOBER = WindowName.parse("2026-10");

  private static final List<Question<?>> ONE_OF_EACH =
      List.of(
          new Question.CountOf(CounterName.of("calls", "a"), OptionalLong.empty()),
          new Question.PeekOf(CounterName.of("calls", "a"), OptionalLong.empty(), Amount.of(1)),
          new Question.KeysOf(NAMESPACE, Glob.ALL, Optional.empty(), 10),
          new Question.TopOf(NAMESPACE, 10),
          new Question.NamespaceOf(NAMESPACE),
          new Question.Namespaces(Optional.empty(), 10),
          new WindowQuestion.CountIn(CounterName.of("calls", "a"), OCTOBER),
          new WindowQuestion.WindowsOf(CounterName.of("calls", "a")),
          new JournalOf(CounterName.of("calls", "a"), Optional.empty(), 10),
          new WindowQuestion.KeysIn(
              new Question.KeysOf(NAMESPACE, Glob.ALL, Optional.empty(), 10), OCTOBER),
          new WindowQuestion.TopIn(new Question.TopOf(NAMESPACE, 10), OCTOBER),
          new WindowQuestion.NamespaceIn(NAMESPACE, OCTOBER),
          new PolicyQuestion.HistoryOf(NAMESPACE),
          new PolicyQuestion.CounterPolicyOf(CounterName.of("calls", "a")),
          new PolicyQuestion.CounterPoliciesOf(NAMESPACE, Optional.empty(), 10),
          new PolicyQuestion.HistoryOfDefaults(),
          new PolicyQuestion.DefaultPolicy(),
          new Question.Everything(),
          new Question.Applied(0, 1));

  private final PartitionReader reader =
      new PartitionState(new InMemoryRows(), 10).open(0, 1, TimeSource.SYSTEM);

  /** Each answer goes through the merge of its own question, which takes no other. */
  @Test
  void shouldAnswerEveryQuestionWithWhatItAsksFor() {
    assertThat(ONE_OF_EACH.stream().<Class<?>>map(Object::getClass))
        .containsExactlyInAnyOrderElementsOf(kinds(Question.class));
    for (Question<?> question : ONE_OF_EACH) {
      if (question instanceof WindowQuestion) {
        Answer<?> answer = new QuestionHandler(List.of(reader), 1).answer(question);
        assertThat(answer)
            .asString()
            .contains("is for the kind window; what is counted here is of the kind expiring");
      } else {
        assertThat(merged(question)).as(question.toString()).isNotNull();
      }
    }
  }

  private static List<Class<?>> kinds(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(it -> kinds(it).stream()).toList()
        : List.of(type);
  }

  private <A> A merged(Question<A> question) {
    Answer<A> answer = new QuestionHandler(List.of(reader), 1).answer(question);
    A value = ((Answer.Found<A>) answer).value();
    return question.merge(List.of(new Part<>(Set.of(0), value)), 1);
  }
}
