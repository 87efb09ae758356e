package io.countess.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Amount;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.LimitCount;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Policy.Mode;
import io.countess.event.Rate;
import io.countess.event.Terms;
import io.countess.event.WindowPeriod;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Several limits on one counter: all of them take a put, or none does. */
class LimitsCountingTest {
  private static final OptionalLong NONE = OptionalLong.empty();
  private static final long AT = Step.START;

  /** An event so long after the one before, with a time of its own that is so much earlier. */
  record Act(Event event, long laterMillis, long delayMillis) {}

  @Property(tries = 400)
  void shouldAgreeWithSeveralNaiveCounters(
      @ForAll("policies") Policy.Limits policy, @ForAll("acts") List<Act> acts) {
    Counting counting = Counting.of(policy);
    var naive = new NaiveLimits(policy);
    State state = null;
    long now = AT;
    for (Act act : acts) {
      now += act.laterMillis();
      long at = now - act.delayMillis();
      long floor = now - 60_000;
      List<Verdict> verdicts = naive.each(act.event(), at, floor);

      Folded folded = counting.apply(state, act.event(), at, floor).freeing(counting);

      boolean isPut = act.event() instanceof Event.Put;
      if (isPut) {
        compare(folded.decision(), verdicts, naive);
        OptionalLong wait = folded.decision().retryAfterMillis();
        boolean refused = folded.decision().outcome() == Outcome.REFUSED;
        assertThat(!refused || naive.isExact(wait, act.event(), instant(folded))).isTrue();
      }
      if (!isPut || NaiveLimits.outcome(verdicts) == Outcome.ACCEPTED) {
        naive.take(act.event(), at, floor);
      } else {
        assertThat(folded.after()).isSameAs(state);
      }
      state = folded.after();
      assertThat(counting.limits(state, instant(folded)))
          .extracting(LimitCount::count)
          .isEqualTo(naive.counts(instant(folded)));
    }
  }

  private static long instant(Folded folded) {
    return folded.decision().atMillis();
  }

  private static void compare(Decision decision, List<Verdict> verdicts, NaiveLimits naive) {
    Outcome outcome = NaiveLimits.outcome(verdicts);
    assertThat(decision.outcome()).isEqualTo(outcome);
    assertThat(decision.atMillis()).isEqualTo(verdicts.get(0).atMillis());
    assertThat(decision.details().wouldRefuse())
        .isEqualTo(outcome == Outcome.ACCEPTED && verdicts.stream().anyMatch(Verdict::wouldRefuse));
    OptionalInt by = decision.details().limits().orElseThrow().refusedBy();
    if (outcome == Outcome.REFUSED) {
      long longest = NaiveLimits.longestWait(verdicts);
      Verdict refuser = verdicts.get(by.orElseThrow());
      assertThat(refuser.outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(refuser.retryAfterMillis().orElse(-1)).isEqualTo(longest);
    } else if (outcome == Outcome.IMPOSSIBLE) {
      assertThat(verdicts.get(by.orElseThrow()).outcome()).isEqualTo(Outcome.IMPOSSIBLE);
    } else {
      assertThat(by.isPresent()).isEqualTo(decision.details().wouldRefuse());
    }
    if (outcome != Outcome.ACCEPTED) {
      long count = naive.counts(decision.atMillis()).get(0);
      assertThat(decision.count()).hasValue(count);
    }
  }

  @Property(tries = 400)
  void shouldGiveBackUnderEachLimitWhatAPutAdded(
      @ForAll("policies") Policy.Limits policy, @ForAll("acts") List<Act> acts) {
    Counting counting = Counting.of(policy);
    State state = null;
    long now = AT;
    for (Act act : acts) {
      now += act.laterMillis();
      state = counting.apply(state, act.event(), now, 0).after();
    }
    List<LimitCount> before = counting.limits(state, now);
    var put = Event.Put.of(2);
    Folded folded = counting.apply(state, put, now, 0);
    Optional<Added> added = Added.of(put, folded);
    if (added.isPresent()) {
      Released released = counting.release(folded.after(), written(added.get()), NONE, now, 0);

      assertThat(released.folded().decision().details().released()).hasValue(2);
      assertThat(released.left()).isEmpty();
      assertThat(counting.limits(released.folded().after(), now))
          .extracting(LimitCount::count)
          .isEqualTo(before.stream().map(LimitCount::count).toList());
    }
  }

  /** As it is read from a row. */
  private static Added written(Added added) {
    var out = new VarOutput(64);
    added.write(out);
    return added.form().read(new VarInput(out.toBytes()));
  }

  @Example
  void shouldTellTheTightestTheLongestWaitAndWhichRefused() {
    Counting counting = Counting.of(limits(leaky("1/s", 3), window("day", 5)));
    State state = put(counting, null, 3, AT).after();

    Decision busy = put(counting, state, 1, AT + 100).decision();
    Folded four = put(counting, state, 1, AT + 1000);
    Folded five = put(counting, four.after(), 1, AT + 2000);
    Decision spent = put(counting, five.after(), 1, AT + 2500).decision();

    assertThat(busy.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(busy.reason()).hasValue("limits[0]: the capacity of 3 is reached");
    assertThat(busy.retryAfterMillis()).hasValue(900);
    assertThat(busy.remaining()).hasValue(0);
    assertThat(five.decision().remaining()).hasValue(0);
    assertThat(spent.reason()).hasValue("limits[1]: the limit of 5 would be passed");
    assertThat(spent.details().limits().orElseThrow().refusedBy()).hasValue(1);
    assertThat(spent.count()).hasValue(3);
    assertThat(spent.limit()).hasValue(3);
    assertThat(spent.retryAfterMillis()).hasValue(Duration.ofDays(1).toMillis() - 2500);
    assertThat(spent.moreAfterMillis()).isEqualTo(spent.retryAfterMillis());
    assertThat(spent.freeAfterMillis()).isEqualTo(spent.retryAfterMillis());
    assertThat(spent.details().limits().orElseThrow().each())
        .extracting(LimitCount::count, LimitCount::limit, LimitCount::remaining)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(3L, 3L, 0L),
            org.assertj.core.groups.Tuple.tuple(5L, 5L, 0L));
  }

  @Example
  void shouldNameNoWaitWhereOneOfThemNeverHasRoomAgain() {
    Counting counting = Counting.of(limits(leaky("1/s", 3), total(3)));
    State state = put(counting, null, 3, AT).after();

    Decision refused = put(counting, state, 1, AT).decision();

    assertThat(refused.details().limits().orElseThrow().refusedBy()).hasValue(1);
    assertThat(refused.retryAfterMillis()).isEmpty();
    assertThat(refused.moreAfterMillis()).isEmpty();
    assertThat(refused.freeAfterMillis()).isEmpty();
  }

  @Example
  void shouldSayWhichLimitAPutCanNeverFit() {
    Counting counting = Counting.of(limits(window("day", 5), leaky("1/s", 3)));

    Decision never = put(counting, null, 4, AT).decision();
    Decision negative = put(counting, null, -1, AT).decision();

    assertThat(never.outcome()).isEqualTo(Outcome.IMPOSSIBLE);
    assertThat(never.reason()).hasValue("limits[1]: n is 4; the capacity is 3");
    assertThat(negative.outcome()).isEqualTo(Outcome.IMPOSSIBLE);
    assertThat(counting.takes(Event.Put.of(-1))).isFalse();
    assertThat(counting.takes(Event.Put.of(4))).isTrue();
    assertThat(counting.takes(new Event.SetValue(1, false))).isFalse();
    assertThat(counting.takes(Event.Put.of(Amount.of(0.5)))).isFalse();
  }

  @Example
  void shouldAddWhereAPutStillCountsThatIsLateForAnotherLimit() {
    Counting counting = Counting.of(limits(expiring("1s", 5), window("day", 5)));

    Folded late = counting.apply(null, Event.Put.of(2), AT, AT + 5000);
    Added added = Added.of(Event.Put.of(2), late).orElseThrow();
    Released back = counting.release(late.after(), written(added), NONE, AT + 5000, 0);

    assertThat(late.decision().outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(counting.limits(late.after(), AT + 5000))
        .extracting(LimitCount::count)
        .containsExactly(0L, 2L);
    assertThat(back.folded().decision().details().released()).hasValue(2);
    assertThat(back.folded().after().countAt(AT + 5000)).isZero();
    assertThat(counting.apply(null, Event.Put.of(2), AT, AT + 86_400_000).decision().outcome())
        .isEqualTo(Outcome.LATE);
  }

  @Example
  void shouldWaitAlsoForALimitThatHasRoomNowAndNoneThen() {
    var quarter = window("15m", 3);
    var hour = window("1h", 9);
    Counting counting = Counting.of(limits(quarter, hour));
    State three = put(counting, null, 3, AT).after();
    State five = put(counting, three, 2, AT + 900_000).after();

    Decision taken = counting.peek(five, -3, AT + 900_000);

    assertThat(taken.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(taken.details().limits().orElseThrow().refusedBy()).hasValue(0);
    assertThat(taken.retryAfterMillis()).as("no window that starts at 0 has -3").isEmpty();
  }

  @Example
  void shouldBringABucketUnderANewRateAlsoWhereAnotherLimitRefuses() {
    Counting slow = Counting.of(limits(leaky("1/s", 9), window("day", 9)));
    Counting fast = Counting.of(limits(leaky("4/s", 9), window("day", 9)));
    State full = put(slow, null, 9, AT).after();

    Folded refused = put(fast, full, 1, AT + 1000);

    assertThat(refused.decision().details().limits().orElseThrow().refusedBy()).hasValue(1);
    assertThat(refused.after().countAt(AT + 2000)).isEqualTo(4);
    assertThat(refused.decision().retryAfterMillis()).hasValue(86_400_000 - 1000);
  }

  @Example
  void shouldOnlyReportUnderObserve() {
    var policy = limits(leaky("1/s", 3), window("day", 5));
    Counting observing = Counting.of(policy.with(Terms.DEFAULT.in(Mode.OBSERVE)));
    State state = put(observing, null, 5, AT).after();

    Decision decision = put(observing, state, 2, AT + 10_000).decision();

    assertThat(decision.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(decision.details().wouldRefuse()).isTrue();
    assertThat(decision.reason()).hasValue("limits[1]: the limit of 5 would be passed");
    assertThat(observing.limits(put(observing, state, 2, AT + 10_000).after(), AT + 10_000))
        .extracting(LimitCount::count)
        .containsExactly(2L, 7L);
  }

  @Example
  void shouldGiveBackNothingWhereOneLimitCanNotGiveItBack() {
    var atLeast =
        new Policy.Window(
            WindowPeriod.parse("day"),
            ZoneOffset.UTC,
            NONE,
            NONE,
            OptionalLong.of(9),
            0,
            Terms.DEFAULT);
    Counting counting = Counting.of(limits(window("day", 9), atLeast));
    var put = Event.Put.of(4);
    Folded folded = counting.apply(null, put, AT, 0);
    State used = put(counting, folded.after(), -2, AT).after();

    Released refused = counting.release(used, Added.of(put, folded).orElseThrow(), NONE, AT, 0);

    assertThat(refused.folded().decision().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(refused.folded().decision().reason())
        .hasValue("limits[0]: the min of 0 would be passed");
    assertThat(refused.folded().after()).isSameAs(used);
    assertThat(refused.left()).isPresent();
  }

  @Example
  void shouldGoOnWhereALimitIsAdded() {
    Counting one = Counting.of(leaky("1/s", 9));
    Counting two = Counting.of(limits(leaky("1/s", 9), window("day", 5)));
    Counting three = Counting.of(limits(leaky("1/s", 9), window("day", 5), total(7)));
    var put = Event.Put.of(4);
    Folded alone = one.apply(null, put, AT, 0);

    State both = put(two, two.adopt(alone.after()), 3, AT).after();
    Released back = two.release(both, Added.of(put, alone).orElseThrow(), NONE, AT, 0);
    State all = put(three, three.adopt(both), 1, AT).after();

    assertThat(counts(two, two.adopt(alone.after()))).containsExactly(4L, 0L);
    assertThat(counts(two, both)).containsExactly(7L, 3L);
    assertThat(counts(two, back.folded().after())).containsExactly(3L, 3L);
    assertThat(counts(three, three.adopt(both))).containsExactly(7L, 3L, 0L);
    assertThat(counts(three, all)).containsExactly(8L, 4L, 1L);
  }

  @Example
  void shouldBeGoneWhenAllOfItIsOver() {
    Counting counting = Counting.of(limits(expiring("1s", 9), window("1h", 9)));
    State state = put(counting, null, 3, AT).after();

    assertThat(state.deadAtMillis()).isEqualTo(AT + 3_600_000);
    assertThat(state.lastEndMillis()).isEqualTo(AT + 3_600_000);
    assertThat(state.countAt(AT + 2000)).isZero();
    assertThat(counts(counting, state, AT + 2000)).containsExactly(0L, 3L);
    assertThat(counting.apply(state, new Event.Reset(), AT, 0).after()).isNull();
  }

  private static List<Long> counts(Counting counting, State state) {
    return counts(counting, state, AT);
  }

  private static List<Long> counts(Counting counting, State state, long atMillis) {
    return counting.limits(state, atMillis).stream().map(LimitCount::count).toList();
  }

  private static Folded put(Counting counting, State state, long n, long atMillis) {
    return counting.apply(state, Event.Put.of(n), atMillis, 0).freeing(counting);
  }

  private static Policy.Limits limits(Policy... each) {
    return new Policy.Limits(Arrays.asList(each), Terms.DEFAULT);
  }

  private static Policy expiring(String ttl, long limit) {
    return new Policy.Expiring(Duration.parse("PT" + ttl), OptionalLong.of(limit));
  }

  private static Policy leaky(String rate, long capacity) {
    return new Policy.Leaky(Rate.parse(rate), OptionalLong.of(capacity));
  }

  private static Policy window(String period, long limit) {
    return new Policy.Window(
        WindowPeriod.parse(period),
        ZoneOffset.UTC,
        NONE,
        NONE,
        OptionalLong.of(limit),
        0,
        Terms.DEFAULT);
  }

  private static Policy total(long limit) {
    return new Policy.Total(0, NONE, NONE, NONE, OptionalLong.of(limit));
  }

  @Provide
  Arbitrary<Policy.Limits> policies() {
    var limits = Arbitraries.longs().between(0, 9);
    var one =
        Arbitraries.oneOf(
            Combinators.combine(Arbitraries.of("1s", "20s", "1h"), limits)
                .as(LimitsCountingTest::expiring),
            Combinators.combine(Arbitraries.of("10/s", "3/m", "7/h"), limits)
                .as(LimitsCountingTest::leaky),
            Combinators.combine(Arbitraries.of("1m", "15m", "day"), limits)
                .as(LimitsCountingTest::window),
            limits.map(LimitsCountingTest::total));
    var modes = Arbitraries.of(Mode.ENFORCE, Mode.ENFORCE, Mode.OBSERVE);
    return Combinators.combine(one.list().ofMinSize(1).ofMaxSize(4), modes)
        .as((each, mode) -> new Policy.Limits(new ArrayList<>(each), Terms.DEFAULT.in(mode)));
  }

  @Provide
  Arbitrary<List<Act>> acts() {
    var puts = Arbitraries.longs().between(-1, 5).map(Event.Put::of);
    Arbitrary<Event> own =
        Arbitraries.of(1, 30)
            .map(
                seconds ->
                    new Event.Put(1, Optional.of(Duration.ofSeconds(seconds)), Optional.empty()));
    var events =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(20, puts.map(it -> (Event) it)),
            net.jqwik.api.Tuple.of(2, own),
            net.jqwik.api.Tuple.of(1, Arbitraries.just(new Event.Reset())));
    var later = Arbitraries.of(0L, 7L, 400L, 900L, 5_000L, 61_000L, 1_000_000L);
    var delays = Arbitraries.of(0L, 0L, 0L, 900L, 3_000L, 100_000L);
    return Combinators.combine(events, later, delays)
        .as(Act::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(14);
  }
}
