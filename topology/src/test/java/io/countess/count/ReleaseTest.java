package io.countess.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Amount;
import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Terms;
import io.countess.event.WindowPeriod;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Releases of all kinds but leaky, against a model that keeps what is left of every put. */
class ReleaseTest {
  private static final OptionalLong NONE = OptionalLong.empty();
  private static final OptionalLong TEN = OptionalLong.of(10);

  /**
   * A put of n, or a release of an earlier put.
   *
   * @param of which of the accepted puts, if it is a release
   */
  record Act(Optional<Integer> of, long n, OptionalLong most, long advance) {}

  @Property
  void shouldTakeBackWhatHasNotEnded(@ForAll("acts") List<Act> acts) {
    var policy = new Policy.Expiring(Duration.ofSeconds(20), TEN);
    new ReleaseRun(policy, at -> (at + 20_999) / 1000 * 1000, Long.MIN_VALUE, Long.MAX_VALUE)
        .take(acts);
  }

  @Property
  void shouldTakeBackWhatIsInTheCurrentWindow(
      @ForAll("acts") List<Act> acts, @ForAll Policy.Mode mode) {
    var terms = Terms.DEFAULT.in(mode);
    var period = WindowPeriod.parse("30s");
    var policy = new Policy.Window(period, ZoneId.of("UTC"), NONE, NONE, TEN, 0, terms);
    new ReleaseRun(policy, at -> at / 30_000 * 30_000 + 30_000, 0, 10).take(acts);
  }

  @Property
  void shouldTakeBackFromATotal(@ForAll("acts") List<Act> acts, @ForAll Policy.Mode mode) {
    var terms = Terms.DEFAULT.in(mode);
    var policy = new Policy.Total(0, OptionalLong.of(-2), TEN, NONE, NONE, terms);
    new ReleaseRun(policy, at -> State.NEVER, -2, 10).take(acts);
  }

  @Example
  void shouldFindNothingLeftOfWhatAnotherKindCounted() {
    var total = Counting.of(Policy.Total.unbounded());
    State state = new TotalState(Step.START, 3);

    Released released = total.release(state, new Added.Real(1), NONE, Step.START, 0);

    assertThat(released.folded().after()).isSameAs(state);
    assertThat(released.folded().decision().details().released()).hasValue(0);
  }

  @Example
  void shouldTakeBackFromAWindowThatEndsAsItWasGiven() {
    var hours = Counting.of(window("1h"));
    var minutes = Counting.of(window("1m"));
    var put = Event.Put.of(5);
    Folded folded = hours.apply(null, put, Step.START, 0);
    Added added = Added.of(put, folded).orElseThrow();
    long later = Step.START + Duration.ofMinutes(59).toMillis();

    Released released = minutes.release(folded.after(), added, OptionalLong.of(2), later, 0);

    assertThat(released.folded().decision().count()).hasValue(3);
    assertThat(released.left()).hasValue(new Added.Ending(Step.START + 3_600_000, 3));
  }

  private static Policy window(String period) {
    return new Policy.Window(
        WindowPeriod.parse(period), ZoneId.of("UTC"), NONE, NONE, NONE, 0, Terms.DEFAULT);
  }

  @Example
  void shouldFindNothingLeftWhereTheCounterIsGone() {
    for (Policy policy : List.of(Policy.DEFAULT, Policy.Total.unbounded())) {
      var counting = Counting.of(policy);
      var put = Event.Put.of(3);
      Added added = Added.of(put, counting.apply(null, put, Step.START, 0)).orElseThrow();

      Released released = counting.release(null, added, NONE, Step.START, 0);

      assertThat(released.folded().after()).isNull();
      assertThat(released.left()).isEmpty();
      assertThat(released.folded().decision().details().released()).hasValue(0);
    }
  }

  @Example
  void shouldReleaseTheWholePutOfAGaugeOnly() {
    var gauge = Counting.of(Policy.Gauge.unbounded());
    var put = Event.Put.of(Amount.of(2.5));
    Folded folded = gauge.apply(new GaugeState(Step.START, 4), put, Step.START, 0);
    Added added = Added.of(put, folded).orElseThrow();

    Released part = gauge.release(folded.after(), added, OptionalLong.of(2), Step.START, 0);
    Released whole = gauge.release(folded.after(), added, OptionalLong.of(3), Step.START, 0);

    assertThat(part.folded().decision().outcome()).isEqualTo(Outcome.IMPOSSIBLE);
    assertThat(part.left()).hasValue(added);
    assertThat(whole.folded().after()).isEqualTo(new GaugeState(Step.START, 4));
    assertThat(whole.left()).isEmpty();
    assertThat(whole.folded().decision().details().released()).isEmpty();
    assertThat(whole.folded().decision().details().gauge().orElseThrow().value()).isEqualTo(4);
  }

  @Example
  void shouldRefuseToLeadAGaugeBelowItsMin() {
    var min = OptionalDouble.of(0);
    var none = OptionalDouble.empty();
    var policy = new Policy.Gauge(min, none, none, Terms.DEFAULT);
    var state = new GaugeState(Step.START, 4);

    Released refused = Counting.of(policy).release(state, new Added.Real(5), NONE, Step.START, 0);

    assertThat(refused.folded().decision().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(refused.folded().after()).isSameAs(state);
    assertThat(refused.left()).hasValue(new Added.Real(5));
  }

  @Example
  void shouldTakeBackTheLeastLongFromATotal() {
    var total = Counting.of(Policy.Total.unbounded());
    var added = new Added.Summed(Long.MIN_VALUE);

    Released back = total.release(new TotalState(1, Long.MIN_VALUE + 7), added, NONE, 1, 0);
    Released tooFar = total.release(new TotalState(1, 0), added, NONE, 1, 0);

    assertThat(back.folded().after()).isEqualTo(new TotalState(1, 7));
    assertThat(tooFar.folded().decision().outcome()).isEqualTo(Outcome.REFUSED);
  }

  @Provide
  Arbitrary<List<Act>> acts() {
    var some = Arbitraries.longs().between(1, 4).optional(0.4);
    return Combinators.combine(
            Arbitraries.integers().between(0, 20).optional(0.4),
            Arbitraries.longs().between(-2, 6),
            some.map(n -> n.map(OptionalLong::of).orElse(NONE)),
            Arbitraries.longs().between(0, 9000))
        .as(Act::new)
        .list()
        .ofMaxSize(60);
  }
}
