package io.countess.contract;

import static io.countess.contract.Contract.start;
import static io.countess.event.Outcome.ACCEPTED;
import static io.countess.event.Outcome.IMPOSSIBLE;
import static io.countess.event.Outcome.LATE;
import static io.countess.event.Outcome.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.answer.Count;
import io.countess.answer.KeyPage;
import io.countess.answer.Peek;
import io.countess.event.Decision;
import io.countess.event.LimitCount;
import io.countess.event.OnChange;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several limits on one counter: one step, one answer. */
interface SeveralLimitsContract extends Contract {
  /** One a second, up to three, and five in ten seconds. */
  String BURSTS =
      "{'kind':'limits','limits':[{'kind':'leaky','rate':'1/s','capacity':3},"
          + "{'kind':'window','period':'10s','limit':5}]}";

  /** The same with time to spare. */
  String SLOW = BURSTS.replace("1/s", "1/d").replace("10s", "year");

  private static List<Long> counts(Decision decision) {
    return counts(decision.details().limits().orElseThrow().each());
  }

  private static List<Long> counts(List<LimitCount> limits) {
    return limits.stream().map(LimitCount::count).toList();
  }

  @Test
  default void shouldAddToAllLimitsOrToNoneAndSayWhichRefused() {
    Counters calls = counters(BURSTS);
    Instant start = start();
    assertThat(counts(calls.at(start).put("a", 3))).containsExactly(3L, 3L);

    Decision busy = calls.at(start.plusMillis(600)).put("a", 1);
    Decision then = calls.at(start.plusMillis(2000)).put("a", 2);
    Decision spent = calls.at(start.plusMillis(3500)).put("a", 1);
    Decision next = calls.at(start.plusSeconds(9)).put("a", 1);

    assertThat(busy.outcome()).isEqualTo(REFUSED);
    assertThat(busy.details().limits().orElseThrow().refusedBy()).hasValue(0);
    assertThat(busy.retryAfterMillis()).hasValue(400);
    assertThat(counts(then)).containsExactly(3L, 5L);
    assertThat(then.remaining()).hasValue(0);
    assertThat(spent.outcome()).isEqualTo(REFUSED);
    assertThat(spent.details().limits().orElseThrow().refusedBy()).hasValue(1);
    assertThat(spent.reason()).hasValue("limits[1]: the limit of 5 would be passed");
    assertThat(spent.retryAfterMillis()).hasValue(5500);
    assertThat(counts(spent)).containsExactly(2L, 5L);
    assertThat(counts(next)).containsExactly(1L, 1L);
  }

  @Test
  default void shouldAcceptAfterExactlyTheTimeThatARefusalBySeveralTells() {
    Counters calls = counters(BURSTS);
    Instant start = start();
    calls.at(start).put("a", 3);

    long wait = calls.at(start).put("a", 2).retryAfterMillis().orElseThrow();

    assertThat(calls.at(start.plusMillis(wait - 1)).put("a", 2).outcome()).isEqualTo(REFUSED);
    assertThat(calls.at(start.plusMillis(wait)).put("a", 2).outcome()).isEqualTo(ACCEPTED);
  }

  @Test
  default void shouldTellHowACounterStandsUnderEachLimit() {
    Counters calls = counters(BURSTS);
    Instant start = start();
    calls.at(start).put("a", 2);

    Count count = calls.at(start.plusMillis(500)).counted("a");
    Count none = calls.at(start).counted("b");
    Peek fits = calls.at(start.plusMillis(500)).peek("a", 1);
    Peek never = calls.at(start.plusMillis(500)).peek("a", 3);

    assertThat(count.count()).isEqualTo(2);
    assertThat(count.limit()).hasValue(3);
    assertThat(count.remaining()).hasValue(1);
    assertThat(count.moreAfterMillis()).hasValue(500);
    assertThat(count.freeAfterMillis()).hasValue(8500);
    assertThat(counts(count.limits())).containsExactly(2L, 2L);
    assertThat(count.limits()).extracting(LimitCount::limit).containsExactly(3L, 5L);
    assertThat(count.limits().get(1).freeAfterMillis()).hasValue(8500);
    assertThat(counts(none.limits())).containsExactly(0L, 0L);
    assertThat(none.exists()).isFalse();
    assertThat(fits.wouldAccept()).isTrue();
    assertThat(fits.refusedBy()).isEmpty();
    assertThat(never.wouldAccept()).isFalse();
    assertThat(never.refusedBy()).hasValue(0);
    assertThat(never.retryAfterMillis()).hasValue(1500);
  }

  @Test
  default void shouldTellTheSameAgainUnderAnIdAndGiveItBack() {
    Counters calls = counters(SLOW);
    Decision first = calls.as("one").put("a", 2);
    calls.put("a", 1);

    Decision again = calls.as("one").put("a", 2);
    Decision back = calls.release("a", "one");

    assertThat(again.details().replayed()).isTrue();
    assertThat(again.details().limits()).isEqualTo(first.details().limits());
    assertThat(back.details().released()).as("of the window all of it").hasValue(2);
    assertThat(counts(back)).containsExactly(1L, 1L);
  }

  @Test
  default void shouldListCountersByTheFirstLimit() {
    Counters calls = counters(SLOW.replace("'limits':[", "'limits':[{'kind':'total','limit':9},"));
    calls.put("a", 2);
    calls.put("b", -1);
    calls.put("b", 1);

    assertThat(calls.keys().keys()).extracting(KeyPage.Entry::count).containsExactly(2L, 1L);
    assertThat(calls.view().totals().count()).isEqualTo(3);
    assertThat(calls.view().totals().approximate()).as("there is a bucket").isTrue();
  }

  @Test
  default void shouldRefuseNothingWhereItOnlyObserves() {
    Counters calls = counters(BURSTS.replace("]}", "],'mode':'observe'}"));
    Instant start = start();
    calls.at(start).put("a", 5);

    Decision observed = calls.at(start.plusSeconds(5)).put("a", 1);

    assertThat(observed.outcome()).isEqualTo(ACCEPTED);
    assertThat(observed.details().wouldRefuse()).isTrue();
    assertThat(observed.details().limits().orElseThrow().refusedBy()).hasValue(1);
    assertThat(counts(observed)).containsExactly(1L, 6L);
  }

  @Test
  default void shouldAddWhereAPutStillCounts() {
    Counters calls =
        counters(
            "{'kind':'limits','limits':[{'kind':'expiring','ttl':'2s','limit':3},"
                + "{'kind':'window','period':'day','limit':9}]}");
    Instant start = Instant.ofEpochSecond(start().getEpochSecond() / 86_400 * 86_400 - 86_400);
    Instant later = start().minusSeconds(5);
    calls.at(later).put("a", 1);

    Decision late = calls.at(later.minusSeconds(3)).put("a", 2);

    if (later.minusSeconds(3).getEpochSecond() / 86_400 == later.getEpochSecond() / 86_400) {
      assertThat(late.outcome()).isEqualTo(ACCEPTED);
      assertThat(counts(late)).containsExactly(1L, 3L);
    }
    assertThat(calls.at(start).put("a", 1).outcome()).isEqualTo(LATE);
  }

  @Test
  default void shouldGoOnWhereALimitIsAddedBehindTheOthers() {
    Counters calls = counters("{'kind':'leaky','rate':'1/d','capacity':9}");
    calls.put("a", 3);

    assertThat(calls.keep(BURSTS.replace("1/s','capacity':3", "1/d','capacity':9")).outcome())
        .isEqualTo(ACCEPTED);

    assertThat(counts(calls.counted("a").limits())).containsExactly(3L, 0L);
    assertThat(counts(calls.put("a", 2))).containsExactly(5L, 2L);
    Decision fewer = calls.keep("{'kind':'leaky','rate':'1/d','capacity':9}");
    assertThat(fewer.outcome()).isEqualTo(IMPOSSIBLE);
    assertThat(fewer.reason())
        .hasValue("a change of kind from limits (leaky, window) to leaky needs onChange reset");
  }

  @Test
  default void shouldBeWhatOneCounterHasOfItsOwn() {
    Counters calls = counters("{'kind':'total','limit':1}");
    calls.own("a", BURSTS, OnChange.KEEP);

    assertThat(counts(calls.put("a", 3))).containsExactly(3L, 3L);
    assertThat(calls.policyOf("a").policy().policy()).isEqualTo(Counters.policy(BURSTS));
    assertThat(calls.put("b", 1).details().limits()).isEmpty();
    assertThat(calls.reset("a").count()).hasValue(0);
    assertThat(calls.counted("a").exists()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4  | limits[0]: n is 4; the capacity is 3",
        "-1 | limits[0]: n is -1; a counter of the kind leaky can't be reduced",
      })
  default void shouldSayWhichLimitAPutIsNotFor(long n, String why) {
    Decision never = counters(BURSTS).put("a", n);

    assertThat(never.outcome()).isEqualTo(IMPOSSIBLE);
    assertThat(never.reason()).hasValue(why);
  }
}
