package io.countess.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Event;
import io.countess.event.Policy;
import io.countess.event.Rate;
import io.countess.event.Terms;
import io.countess.event.WindowPeriod;
import io.countess.event.WindowSpan;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A kind is whole: whoever adds one is told here what it lacks. */
class KindsTest {
  private static final OptionalLong NONE = OptionalLong.empty();

  private static final List<Policy> ONE_OF_EACH =
      List.of(
          Policy.DEFAULT,
          new Policy.Leaky(Rate.parse("10/s"), NONE),
          new Policy.Window(
              WindowPeriod.parse("1h"), ZoneId.of("UTC"), NONE, NONE, NONE, 0, Terms.DEFAULT),
          Policy.Total.unbounded(),
          Policy.Gauge.unbounded(),
          new Policy.Value(Terms.DEFAULT),
          new Policy.Limits(
              List.of(
                  new Policy.Leaky(Rate.parse("10/s"), OptionalLong.of(9)),
                  new Policy.Expiring(Duration.ofMinutes(1), OptionalLong.of(9))),
              Terms.DEFAULT));

  private static final Event.Put FIVE = Event.Put.of(5);

  @Test
  void shouldTryEveryKind() {
    assertCovers(Policy.class, ONE_OF_EACH);
  }

  @Test
  void shouldHaveArithmeticForEveryKind() {
    var countings = ONE_OF_EACH.stream().map(Counting::of).toList();

    assertCovers(Counting.class, countings);
    assertThat(countings).extracting(Counting::policy).isEqualTo(ONE_OF_EACH);
  }

  @Test
  void shouldKeepAStateForEveryKind() {
    assertCovers(State.class, ONE_OF_EACH.stream().map(policy -> put(policy).after()).toList());
  }

  @Test
  void shouldGiveBackAPutOfEveryKind() {
    for (Policy policy : ONE_OF_EACH) {
      Folded put = put(policy);
      Added added = Added.of(FIVE, put).orElseThrow();

      Folded released =
          Counting.of(policy).release(put.after(), added, NONE, Step.START, 0).folded();

      assertThat(released.decision().details().released()).as(policy.kind()).hasValue(5);
      assertThat(released.after() == null ? 0 : released.after().countAt(Step.START))
          .as(policy.kind())
          .isZero();
    }
  }

  @Test
  void shouldAddInEveryWay() {
    var added = new ArrayList<Added>();
    ONE_OF_EACH.forEach(policy -> added.add(Added.of(FIVE, put(policy)).orElseThrow()));
    var span = new WindowSpan(0, 1000);
    Folded put = put(ONE_OF_EACH.get(0));
    var late = put.decision().with(put.decision().details().in(span));
    added.add(Added.of(FIVE, Folded.replaced(put.after(), late)).orElseThrow());
    assertThat(added).contains(new Added.InEndedWindow(span, 5));

    assertCovers(Added.class, added);
  }

  @Test
  void shouldHaveAByteOfItsOwnForEveryForm() {
    assertThat(Arrays.stream(StateForm.values()).map(StateForm::code)).doesNotHaveDuplicates();
    assertThat(Arrays.stream(Added.Form.values()).map(Added.Form::code)).doesNotHaveDuplicates();
  }

  private static Folded put(Policy policy) {
    return Counting.of(policy).apply(null, FIVE, Step.START, 0);
  }

  private static void assertCovers(Class<?> sealed, List<?> values) {
    assertThat(values.stream().<Class<?>>map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(sealed.getPermittedSubclasses());
  }
}
