package io.countess.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.LimitCount;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Rate;
import io.countess.event.Terms;
import io.countess.event.WindowPeriod;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** For how long no more than what remains can be added, whoever tries it and however. */
class MoreAfterTest {
  private static final long START = 1_700_000_000_000L;
  private static final List<Duration> TTLS =
      List.of(Duration.ofMillis(700), Duration.ofSeconds(20), Duration.ofHours(1));

  /** So much, so long after the one before it. */
  private record Put(long n, long laterMillis) {}

  @Property(tries = 2000)
  void shouldLetNobodyAddMoreWithinThatTime(
      @ForAll("policies") Policy before,
      @ForAll("policies") Policy policy,
      @ForAll("puts") List<Put> history,
      @ForAll("puts") List<Put> tries) {
    Counting counting = Counting.of(policy);
    State state =
        counting.canAdopt(before) ? counting.adopt(after(Counting.of(before), history)) : null;
    long now = last(history);
    long left = remaining(counting, state, now);
    long more = counting.moreAfterMillis(state, now).orElseThrow();

    long added = 0;
    long at = now;
    for (Put put : tries) {
      at = Math.min(at + put.laterMillis(), now + more - 1);
      Folded folded = counting.apply(state, Event.Put.of(put.n()), at, 0);
      added += folded.decision().outcome() == Outcome.ACCEPTED ? put.n() : 0;
      state = folded.after();
    }

    assertThat(more).isPositive();
    assertThat(added).isLessThanOrEqualTo(left);
  }

  @Property(tries = 2000)
  void shouldLetMoreInAsSoonAsThatTimeIsOver(
      @ForAll("policies") Policy policy, @ForAll("puts") List<Put> history) {
    Counting counting = Counting.of(policy);
    long now = last(history);
    State state = after(counting, history);
    long left = remaining(counting, state, now);
    long then = now + counting.moreAfterMillis(state, now).orElseThrow();
    State full = left == 0 ? state : put(counting, state, left, now).after();

    assertThat(put(counting, full, 1, then).decision().outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(put(counting, full, 1, then - 1).decision().outcome()).isEqualTo(Outcome.REFUSED);
  }

  @Property(tries = 2000)
  void shouldNotBeAfterARefusedPutFits(
      @ForAll("policies") Policy policy,
      @ForAll("puts") List<Put> history,
      @ForAll @LongRange(min = 1, max = 8) long n) {
    Counting counting = Counting.of(policy);
    long now = last(history);

    Folded folded = put(counting, after(counting, history), n, now).freeing(counting);

    Decision decision = folded.decision();
    if (decision.retryAfterMillis().isPresent()) {
      assertThat(decision.moreAfterMillis().orElseThrow())
          .isLessThanOrEqualTo(decision.retryAfterMillis().getAsLong());
      assertThat(decision.retryAfterMillis().getAsLong())
          .isLessThanOrEqualTo(decision.freeAfterMillis().orElseThrow());
    }
  }

  @Example
  void shouldPromiseNothingWhereWaitingDoesNotHelp() {
    var total = Counting.of(new Policy.Total(0, NONE, NONE, NONE, OptionalLong.of(5)));
    var none = Counting.of(new Policy.Expiring(Duration.ofMinutes(1), OptionalLong.of(0)));
    var closed = Counting.of(new Policy.Leaky(Rate.parse("1/s"), OptionalLong.of(0)));
    var unlimited = Counting.of(Policy.DEFAULT);

    for (Counting counting : List.of(total, none, closed, unlimited)) {
      assertThat(counting.moreAfterMillis(null, START)).isEmpty();
    }
  }

  private static final OptionalLong NONE = OptionalLong.empty();

  private static State after(Counting counting, List<Put> history) {
    State state = null;
    long at = START;
    for (Put put : history) {
      at += put.laterMillis();
      state = put(counting, state, put.n(), at).after();
    }
    return state;
  }

  private static long last(List<Put> history) {
    return START + history.stream().mapToLong(Put::laterMillis).sum();
  }

  private static Folded put(Counting counting, State state, long n, long at) {
    return counting.apply(state, Event.Put.of(n), at, 0);
  }

  private static long remaining(Counting counting, State state, long at) {
    List<LimitCount> limits = counting.limits(state, at);
    if (!limits.isEmpty()) {
      return LimitCount.remaining(limits).orElseThrow();
    }
    long count = state == null ? 0 : counting.peek(state, 0, at).count().orElseThrow();
    return Decision.remaining(counting.policy().limit().orElseThrow(), count);
  }

  @Provide
  Arbitrary<List<Put>> puts() {
    var n = Arbitraries.longs().between(1, 5);
    var later = Arbitraries.longs().between(0, 30_000);
    return Combinators.combine(n, later).as(Put::new).list().ofMinSize(1).ofMaxSize(12);
  }

  @Provide
  Arbitrary<Policy> policies() {
    var limits = Arbitraries.longs().between(1, 9).map(OptionalLong::of);
    var ttls = Arbitraries.of(TTLS);
    var rates = Arbitraries.of("10/s", "3/m", "7/h", "1/s", "1000/d").map(Rate::parse);
    var periods = Arbitraries.of("1m", "15m", "day").map(WindowPeriod::parse);
    Arbitrary<Policy> one =
        Arbitraries.oneOf(
            Combinators.combine(ttls, limits).as(Policy.Expiring::new),
            Combinators.combine(rates, limits).as(Policy.Leaky::new),
            Combinators.combine(periods, limits).as(MoreAfterTest::window));
    var several = one.list().ofMinSize(1).ofMaxSize(3);
    return Arbitraries.oneOf(one, several.map(each -> new Policy.Limits(each, Terms.DEFAULT)));
  }

  private static Policy window(WindowPeriod period, OptionalLong limit) {
    return new Policy.Window(period, ZoneOffset.UTC, NONE, NONE, limit, 0, Terms.DEFAULT);
  }
}
