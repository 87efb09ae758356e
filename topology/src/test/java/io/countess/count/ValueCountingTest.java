package io.countess.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Held;
import io.countess.event.HeldChange;
import io.countess.event.Instants;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Terms;
import io.countess.event.Write;
import io.countess.event.codec.EventCodec;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Values, against a model that keeps texts, as Redis does. */
class ValueCountingTest {
  private static final Policy POLICY = new Policy.Value(Terms.DEFAULT);
  private static final Counting COUNTING = Counting.of(POLICY);
  private static final long AT = Step.START;
  private static final OptionalLong ALL = OptionalLong.empty();

  @Property(tries = 2000)
  void shouldDecideAsAStoreOfTextsWould(@ForAll("histories") List<Step> history) {
    var naive = new NaiveValue();
    State state = null;
    for (Step step : history) {
      Folded folded = COUNTING.apply(state, step.event(), step.atMillis(), step.floorMillis());

      assertThat(verdict(folded.decision())).as(step.toString()).isEqualTo(naive.apply(step));
      if (folded.decision().outcome() != Outcome.ACCEPTED) {
        assertThat(folded.after()).isSameAs(state);
      }
      state = folded.after();
    }
  }

  private static NaiveValue.Verdict verdict(Decision decision) {
    Optional<Held> held = decision.details().value().orElseThrow().after();
    return new NaiveValue.Verdict(
        decision.outcome(),
        held.map(it -> it.number().toPlainString()).orElse(null),
        held.map(it -> it.endMillis().orElse(0)).orElse(0L),
        decision.atMillis());
  }

  @Example
  void shouldTellWhatWasThereAndWhatIs() {
    State five = after(null, "{'op':'write','to':5,'ttl':'1m'}", AT);

    Decision decision = decide(five, "{'op':'write','add':2}", AT + 100);

    var end = OptionalLong.of(AT + 60_000);
    assertThat(decision.details().value()).hasValue(new HeldChange(held("5", end), held("7", end)));
    assertThat(decision.count()).hasValue(7);
    assertThat(decision.limit()).isEmpty();
  }

  @Example
  void shouldAddFractionsToTheLastDigit() {
    State state = after(null, "{'op':'write','add':0.1}", AT);
    state = after(state, "{'op':'write','add':0.2}", AT);

    Decision decision = decide(state, "{'op':'write','add':1e-17}", AT);

    assertThat(decision.details().value().orElseThrow().after())
        .isEqualTo(held("0.30000000000000001", ALL));
    assertThat(decision.count()).isEmpty();
    assertThat(decision.details().gauge().orElseThrow().value()).isEqualTo(0.3);
  }

  @Example
  void shouldBeWholeAgainWhereNoFractionIsLeft() {
    State state = after(null, "{'op':'write','to':1.5}", AT);
    state = after(state, "{'op':'write','add':0.5}", AT);

    assertThat(decide(state, "{'op':'write','add':1}", AT).count()).hasValue(3);
  }

  @Example
  void shouldSayWhyItIsImpossible() {
    State half = after(null, "{'op':'write','to':0.5}", AT);
    State most = after(null, "{'op':'write','to':9223372036854775807}", AT);
    State huge = after(null, "{'op':'write','to':999999999999999999999}", AT);

    assertThat(decide(half, "{'op':'write','add':1}", AT).reason())
        .hasValue("the value is 0.5; a whole number is added to whole numbers of 64 bits only");
    assertThat(decide(most, "{'op':'write','add':1}", AT).reason())
        .hasValue("add is 1; the value would pass 64 bits");
    assertThat(decide(huge, "{'op':'write','add':1.0}", AT).reason())
        .hasValue("add is 1.0; the value would pass 21 digits before the point");
    assertThat(decide(most, "{'op':'write','add':1.0}", AT).details().value().orElseThrow().after())
        .isEqualTo(held("9223372036854775808", ALL));
  }

  @Example
  void shouldBeGoneFromItsEndOn() {
    State state = after(null, "{'op':'write','to':5,'ttl':'1m'}", AT);

    assertThat(state.countAt(AT + 59_999)).isEqualTo(5);
    assertThat(state.heldAt(AT + 59_999)).isEqualTo(held("5", OptionalLong.of(AT + 60_000)));
    assertThat(state.countAt(AT + 60_000)).isZero();
    assertThat(state.heldAt(AT + 60_000)).isEmpty();
    assertThat(decide(state, "{'op':'write','add':1}", AT + 60_000).count()).hasValue(1);
  }

  @Example
  void shouldMakeAnEndSoonerOnlyWhereThereIsOne() {
    String sooner = "{'op':'write','ttl':'9s','expiresIf':'present-sooner'}";
    State endless = after(null, "{'op':'write','to':5}", AT);
    State minute = after(null, "{'op':'write','to':5,'ttl':'1m'}", AT);

    assertThat(decide(endless, sooner, AT).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(after(minute, sooner, AT).heldAt(AT))
        .isEqualTo(held("5", OptionalLong.of(AT + 9_000)));
    assertThat(decide(minute, sooner, AT + 51_000).outcome()).isEqualTo(Outcome.REFUSED);
  }

  @Example
  void shouldBeALiveKeyUntilItsEndAndAddNothingToSums() {
    State state = after(null, "{'op':'write','to':5,'ttl':'1m'}", AT);
    var tally = new Tally();

    tally.replaced(null, state);

    assertThat(tally.keysAt(AT + 59_999)).isEqualTo(1);
    assertThat(tally.keysAt(AT + 60_000)).isZero();
    assertThat(tally.countAt(AT)).isZero();
  }

  @Example
  void shouldGiveBackWhatAPutAddedWhileTheNumberIsTheSame() {
    Folded put = COUNTING.apply(null, Event.Put.of(5), AT, 0);
    Added added = Added.of(Event.Put.of(5), put).orElseThrow();
    State state = after(put.after(), "{'op':'write','add':0.5,'ttl':'1m'}", AT + 1);

    Released part = COUNTING.release(state, added, OptionalLong.of(2), AT + 2, 0);
    Released rest =
        COUNTING.release(part.folded().after(), part.left().orElseThrow(), ALL, AT + 3, 0);

    assertThat(part.folded().decision().details().released()).hasValue(2);
    assertThat(rest.folded().after().heldAt(AT + 3))
        .isEqualTo(held("0.5", OptionalLong.of(AT + 60_001)));
    assertThat(rest.left()).isEmpty();
  }

  @Example
  void shouldGiveNothingBackFromTheNextNumber() {
    Folded put = COUNTING.apply(null, Event.Put.of(5), AT, 0);
    Added added = Added.of(Event.Put.of(5), put).orElseThrow();
    State ending = after(put.after(), "{'op':'write','expiresAt':" + (AT + 1000) + "}", AT);
    State next = after(ending, "{'op':'write','add':7}", AT + 1000);

    Released released = COUNTING.release(next, added, ALL, AT + 1001, 0);

    assertThat(released.folded().after()).isSameAs(next);
    assertThat(released.folded().decision().details().released()).hasValue(0);
  }

  @Example
  void shouldEndWithTheLastInstantAtTheLatest() {
    State state = after(null, "{'op':'write','to':1,'ttl':'3000000d'}", AT);

    assertThat(state.deadAtMillis()).isEqualTo(Instants.LAST_MILLIS);
  }

  private static Optional<Held> held(String number, OptionalLong end) {
    return Optional.of(new Held(new BigDecimal(number), end));
  }

  private static State after(State before, String event, long at) {
    return COUNTING.apply(before, event(event), at, 0).after();
  }

  private static Decision decide(State before, String event, long at) {
    return COUNTING.apply(before, event(event), at, 0).decision();
  }

  private static Event event(String json) {
    return EventCodec.decode(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    return Step.histories(
        Arbitraries.frequencyOf(
            Tuple.of(10, writes()),
            Tuple.of(2, wholes().map(Event.Put::of)),
            Tuple.of(
                1,
                Combinators.combine(wholes(), Arbitraries.of(true, false)).as(Event.SetValue::new)),
            Tuple.of(1, Step.fractions()),
            Tuple.of(1, Arbitraries.just(new Event.Put(1, Optional.of(Duration.ofSeconds(1))))),
            Tuple.of(1, Arbitraries.just(new Event.Reset()))),
        Arbitraries.just(POLICY));
  }

  private static Arbitrary<Event> writes() {
    Arbitrary<Write.Change> changes =
        Arbitraries.frequencyOf(
            Tuple.of(4, adds().map(it -> it)),
            Tuple.of(2, numbers().map(n -> new Write.Replace(Optional.of(n)))),
            Tuple.of(1, Arbitraries.just(new Write.Replace(Optional.empty()))));
    var expiries =
        Combinators.combine(ends(), Arbitraries.of(Write.EndIf.class)).as(Write.Expiry::new);
    var conditions = Arbitraries.of(Write.If.ANY, Write.If.ANY, Write.If.ABSENT, Write.If.PRESENT);
    return Combinators.combine(changes.optional(0.7), expiries.optional(0.6), conditions)
        .as(ValueCountingTest::write);
  }

  /** What can be asked for, of what was drawn. */
  private static Event write(
      Optional<Write.Change> change, Optional<Write.Expiry> expiry, Write.If onlyIf) {
    boolean replaces = change.isPresent() && change.get() instanceof Write.Replace;
    boolean deletes = replaces && ((Write.Replace) change.get()).number().isEmpty();
    Optional<Write.Expiry> end =
        expiry.filter(it -> !deletes && (replaces || !(it.end() instanceof Write.Kept)));
    Optional<Write.Change> some =
        change.isEmpty() && end.isEmpty() ? Optional.of(new Write.Add(BigDecimal.ONE)) : change;
    return new Write(some, end, onlyIf, Optional.empty());
  }

  private static Arbitrary<Write.Add> adds() {
    var wholes = wholes().map(BigDecimal::valueOf);
    var bounds = Arbitraries.longs().between(-30, 30).map(BigDecimal::valueOf).optional(0.4);
    return Combinators.combine(
            Arbitraries.oneOf(wholes, numbers()), bounds, bounds, Arbitraries.of(true, false))
        .as(
            (n, min, max, saturates) -> {
              var most = max.filter(it -> min.isEmpty() || min.get().compareTo(it) <= 0);
              boolean bounded = min.isPresent() || most.isPresent();
              return new Write.Add(n, min, most, saturates && bounded);
            });
  }

  private static Arbitrary<Long> wholes() {
    return Arbitraries.frequencyOf(
        Tuple.of(5, Arbitraries.longs().between(-20, 20)), Tuple.of(1, Arbitraries.longs()));
  }

  private static Arbitrary<BigDecimal> numbers() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, wholes().map(BigDecimal::valueOf)),
        Tuple.of(3, Arbitraries.integers().between(-99, 99).map(n -> BigDecimal.valueOf(n, 1))),
        Tuple.of(
            1,
            Arbitraries.of("9223372036854775808", "999999999999999999999.9", "0.00000000000000001")
                .map(BigDecimal::new)));
  }

  private static Arbitrary<Write.End> ends() {
    return Arbitraries.frequencyOf(
        Tuple.of(
            4,
            Arbitraries.longs().between(1, 90_000).map(Duration::ofMillis).map(Write.After::new)),
        Tuple.of(2, Arbitraries.longs().between(-90_000, 900_000).map(n -> new Write.At(AT + n))),
        Tuple.of(1, Arbitraries.of(new Write.Never())),
        Tuple.of(1, Arbitraries.of(new Write.Kept())));
  }
}
