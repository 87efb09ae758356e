package io.countess.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Amount;
import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Rate;
import io.countess.event.Terms;
import io.countess.event.WindowPeriod;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code onChange: keep} keeps: the tables of docs/POLICIES.md, row by row. */
class KeepTest {
  private static final OptionalLong NONE = OptionalLong.empty();
  private static final long AT = Step.START;
  private static final Map<String, Policy> KINDS =
      Map.of(
          "expiring", expiring("60s", NONE),
          "leaky", leaky("1/s", 10),
          "window", window("1h"),
          "total", Policy.Total.unbounded(),
          "gauge", Policy.Gauge.unbounded(),
          "value", new Policy.Value(Terms.DEFAULT),
          "limits", limits(leaky("1/s", 10), expiring("60s", OptionalLong.of(5))));

  @ParameterizedTest
  @CsvSource({
    "expiring, keep,     reset, reset,  reset, reset, reset, reset",
    "leaky,    reset,    keep,  reset,  reset, reset, reset, keep",
    "window,   reset,    reset, keep,   reset, reset, reset, reset",
    "total,    reset,    reset, reset,  keep,  keep,  reset, reset",
    "gauge,    reset,    reset, reset,  reset, keep,  reset, reset",
    "value,    reset,    reset, reset,  reset, reset, keep,  reset",
    "limits,   reset,    reset, reset,  reset, reset, reset, keep"
  })
  void shouldKeepOrNeedAReset(ArgumentsAccessor row) {
    var kinds = List.of("expiring", "leaky", "window", "total", "gauge", "value", "limits");
    String from = row.getString(0);
    for (String to : kinds) {
      assertThat(Counting.of(KINDS.get(to)).canAdopt(KINDS.get(from)))
          .as("from %s to %s", from, to)
          .isEqualTo(row.getString(1 + kinds.indexOf(to)).equals("keep"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "leaky window | leaky window       | true",
        "leaky window | leaky window total | true",
        "leaky window | leaky              | false",
        "leaky window | window leaky       | false",
        "leaky        | window leaky       | false",
      })
  void shouldKeepLimitsToWhichOthersAreAdded(String from, String to, boolean keeps) {
    assertThat(Counting.of(several(to)).canAdopt(several(from))).isEqualTo(keeps);
  }

  private static Policy several(String kinds) {
    var five = OptionalLong.of(5);
    Map<String, Policy> limited =
        Map.of(
            "leaky", leaky("1/s", 5),
            "window",
                new Policy.Window(
                    WindowPeriod.parse("1h"), ZoneId.of("UTC"), NONE, NONE, five, 0, Terms.DEFAULT),
            "total", new Policy.Total(0, NONE, NONE, NONE, five));
    return limits(Stream.of(kinds.split(" ")).map(limited::get).toArray(Policy[]::new));
  }

  private static Policy limits(Policy... each) {
    return new Policy.Limits(List.of(each), Terms.DEFAULT);
  }

  @Test
  void shouldKeepTheEndsOfAnExpiringCounter() {
    State state = put(expiring("60s", NONE), null, 5, AT);

    State after = put(expiring("10s", OptionalLong.of(6)), state, 1, AT);
    var refused = Counting.of(expiring("10s", OptionalLong.of(6))).peek(after, 1, AT);

    assertThat(after.countAt(AT + 9_999)).isEqualTo(6);
    assertThat(after.countAt(AT + 10_000)).isEqualTo(5);
    assertThat(after.countAt(AT + 60_000)).isZero();
    assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
  }

  @Test
  void shouldKeepTheLevelOfABucketAndDrainItAtTheNewRateFromTheFirstPutOn() {
    State state = put(leaky("1/s", 10), null, 10, AT);

    State after = put(leaky("60/m", 20), state, 1, AT + 1000);
    State faster = put(leaky("2/s", 10), after, 5, AT + 1000);

    assertThat(after.countAt(AT + 1000)).isEqualTo(10);
    assertThat(faster.countAt(AT + 1000)).isEqualTo(10);
    assertThat(faster.countAt(AT + 6000)).isZero();
  }

  @Test
  void shouldLetTheCurrentWindowEndAsItWasGiven() {
    State state = put(window("1h"), null, 5, AT);

    State after = put(window("15m"), state, 1, AT + Duration.ofMinutes(59).toMillis());
    State next = put(window("15m"), after, 1, AT + Duration.ofMinutes(60).toMillis());

    assertThat(after.countAt(after.atMillis())).isEqualTo(6);
    assertThat(next.countAt(next.atMillis())).isEqualTo(1);
    assertThat(next.deadAtMillis()).isEqualTo(AT + Duration.ofMinutes(75).toMillis());
  }

  @Test
  void shouldKeepTheValueOfATotalThoughItIsOutOfNewBounds() {
    State state = put(Policy.Total.unbounded(), null, 50, AT);
    var bounded =
        Counting.of(new Policy.Total(7, NONE, OptionalLong.of(9), NONE, OptionalLong.of(9)));

    assertThat(state.countAt(AT)).isEqualTo(50);
    assertThat(bounded.peek(state, 1, AT).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(bounded.peek(state, -1, AT).count()).hasValue(49);
    assertThat(bounded.peek(null, 1, AT).count()).hasValue(8);
  }

  @Test
  void shouldKeepTheValueOfAGaugeThoughItIsOutOfNewBounds() {
    State state = put(Policy.Gauge.unbounded(), null, 50, AT);
    var max = OptionalDouble.of(9.5);
    var none = OptionalDouble.empty();
    var bounded = Counting.of(new Policy.Gauge(none, max, none, Terms.DEFAULT));

    assertThat(bounded.adopt(state)).isSameAs(state);
    assertThat(bounded.peek(state, 1, AT).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(bounded.peek(state, -1, AT).details().gauge().orElseThrow().value()).isEqualTo(49);
  }

  @Test
  void shouldGoOnWithTheValueOfATotalInAGauge() {
    State total = put(Policy.Total.unbounded(), null, 50, AT);
    var gauge = Counting.of(Policy.Gauge.unbounded());

    State state = gauge.adopt(total);
    Released back = gauge.release(state, new Added.Summed(20), NONE, AT, 0);

    assertThat(state).isEqualTo(new GaugeState(AT, 50));
    assertThat(gauge.adopt(null)).isNull();
    assertThat(back.folded().after()).isEqualTo(new GaugeState(AT, 30));
  }

  @Test
  void shouldHoldWhatWasObservedAgainstTheLimitOnceItIsEnforced() {
    for (Policy policy : List.of(expiring("60s", OptionalLong.of(3)), leaky("1/s", 3))) {
      var observing = policy.with(Terms.DEFAULT.in(Policy.Mode.OBSERVE));
      State above = put(observing, null, 9, AT);
      var enforcing = Counting.of(policy);

      assertThat(above.countAt(AT)).isEqualTo(9);
      assertThat(enforcing.peek(above, 1, AT).outcome()).isEqualTo(Outcome.REFUSED);
      long wait = enforcing.peek(above, 1, AT).retryAfterMillis().orElseThrow();
      assertThat(enforcing.peek(above, 1, AT + wait - 1).outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(enforcing.peek(above, 1, AT + wait).outcome()).isEqualTo(Outcome.ACCEPTED);
    }
  }

  @ParameterizedTest
  @CsvSource({"expiring", "leaky", "window", "total"})
  void shouldTakeFractionsInGaugesOnly(String kind) {
    var counting = Counting.of(KINDS.get(kind));
    var put = Event.Put.of(Amount.of(0.5));

    var decision = counting.apply(null, put, AT, 0).decision();

    assertThat(decision.outcome()).isEqualTo(Outcome.IMPOSSIBLE);
    assertThat(decision.reason())
        .hasValue("n is 0.5; a counter of the kind " + kind + " takes whole numbers of 64 bits");
  }

  private static State put(Policy policy, State before, long n, long atMillis) {
    return Counting.of(policy).apply(before, Event.Put.of(n), atMillis, 0).after();
  }

  private static Policy expiring(String ttl, OptionalLong limit) {
    return new Policy.Expiring(Duration.parse("PT" + ttl), limit);
  }

  private static Policy leaky(String rate, long capacity) {
    return new Policy.Leaky(Rate.parse(rate), OptionalLong.of(capacity));
  }

  private static Policy window(String period) {
    return new Policy.Window(
        WindowPeriod.parse(period), ZoneId.of("UTC"), NONE, NONE, NONE, 0, Terms.DEFAULT);
  }
}
