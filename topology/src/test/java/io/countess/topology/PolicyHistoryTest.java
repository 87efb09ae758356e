package io.countess.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.answer.PolicyHistory;
import io.countess.event.Amount;
import io.countess.event.ByteString;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changes of a policy are kept, and can build on a version. */
class PolicyHistoryTest {
  private static final Instant T = FoldFixture.START;
  private static final Policy TOTAL = Policy.Total.unbounded();
  private final FoldFixture fold = FoldFixture.inMemory();

  @AfterEach
  void close() {
    fold.close();
  }

  @Test
  void shouldKeepTheLastChangesNewestFirst() {
    fold.put("n", "k", 1, T);
    set(Optional.of(TOTAL), OnChange.RESET, OptionalLong.empty());
    set(Optional.of(Policy.DEFAULT), OnChange.RESET, OptionalLong.empty());
    set(Optional.empty(), OnChange.KEEP, OptionalLong.empty());

    assertThat(history())
        .containsExactly(
            new PolicyHistory.Change(
                3, T.toEpochMilli(), Optional.empty(), Optional.empty(), OnChange.KEEP),
            new PolicyHistory.Change(
                2, T.toEpochMilli(), Optional.of(Policy.DEFAULT), Optional.empty(), OnChange.RESET),
            new PolicyHistory.Change(
                1, T.toEpochMilli(), Optional.of(TOTAL), Optional.empty(), OnChange.RESET));
  }

  @Test
  void shouldKeepNoMoreThanTwenty() {
    for (int i = 0; i < 30; i++) {
      set(Optional.of(TOTAL), OnChange.RESET, OptionalLong.empty());
    }

    assertThat(history())
        .hasSize(20)
        .extracting(PolicyHistory.Change::version)
        .startsWith(29L, 28L);
  }

  @Test
  void shouldKeepNoChangeThatWasNotMade() {
    set(Optional.of(TOTAL), OnChange.RESET, OptionalLong.empty());
    set(Optional.of(Policy.DEFAULT), OnChange.KEEP, OptionalLong.empty());

    assertThat(history()).hasSize(1);
  }

  @Test
  void shouldChangeOnlyTheVersionThatItIsTold() {
    set(Optional.of(TOTAL), OnChange.RESET, OptionalLong.empty());

    Decision outdated = set(Optional.empty(), OnChange.RESET, OptionalLong.of(7));
    Decision right = set(Optional.empty(), OnChange.RESET, OptionalLong.of(0));

    assertThat(outdated.outcome()).isEqualTo(Outcome.OUTDATED);
    assertThat(outdated.reason().orElseThrow()).contains("7", "0");
    assertThat(right.outcome()).isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void shouldSetAFirstPolicyOnlyWhereThereIsNone() {
    var none = OptionalLong.of(Event.ChangePolicy.NO_VERSION);

    assertThat(set(Optional.of(TOTAL), OnChange.RESET, none).outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(set(Optional.of(TOTAL), OnChange.RESET, none).outcome()).isEqualTo(Outcome.OUTDATED);
  }

  @Test
  void shouldChangeAnyVersionButOnlyWhereThereIsOne() {
    var any = OptionalLong.of(Event.ChangePolicy.ANY_VERSION);

    Decision none = set(Optional.of(TOTAL), OnChange.RESET, any);
    set(Optional.of(TOTAL), OnChange.RESET, OptionalLong.empty());
    Decision one = set(Optional.empty(), OnChange.RESET, any);
    Decision unset = setDefaults(TOTAL, any);
    setDefaults(TOTAL, OptionalLong.empty());

    assertThat(none.outcome()).isEqualTo(Outcome.OUTDATED);
    assertThat(none.reason())
        .hasValue("ifVersion is any, and the namespace has no policy of its own");
    assertThat(one.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(unset.reason()).hasValue("ifVersion is any, and the default policy was never set");
    assertThat(setDefaults(Policy.DEFAULT, any).outcome()).isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void shouldKeepTheChangesOfTheDefaultPolicyApartFromThoseOfTheNamespaceWithoutAName() {
    setDefaults(TOTAL, OptionalLong.empty());
    fold.apply("", "", new Event.ChangePolicy(Optional.of(TOTAL), OnChange.RESET), T);
    setDefaults(Policy.DEFAULT, OptionalLong.empty());

    assertThat(fold.reader().historyOfDefaults())
        .containsExactly(
            new PolicyHistory.Change(
                2, T.toEpochMilli(), Optional.of(Policy.DEFAULT), Optional.empty(), OnChange.RESET),
            new PolicyHistory.Change(
                0, T.toEpochMilli(), Optional.of(TOTAL), Optional.empty(), OnChange.RESET));
    assertThat(fold.reader().history(ByteString.EMPTY))
        .extracting(PolicyHistory.Change::version)
        .containsExactly(1L);
  }

  @Test
  void shouldChangeOnlyTheVersionOfTheDefaultPolicyThatItIsTold() {
    var none = OptionalLong.of(Event.ChangePolicy.NO_VERSION);

    Decision first = setDefaults(TOTAL, none);
    Decision again = setDefaults(TOTAL, none);
    Decision outdated = setDefaults(Policy.DEFAULT, OptionalLong.of(7));
    Decision right = setDefaults(Policy.DEFAULT, OptionalLong.of(0));

    assertThat(first.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(again.reason()).hasValue("ifVersion is none, and the version in force is 0");
    assertThat(outdated.outcome()).isEqualTo(Outcome.OUTDATED);
    assertThat(right.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(fold.policyOf("n").counting().policy()).isEqualTo(Policy.DEFAULT);
  }

  @Test
  void shouldSayThatTheDefaultPolicyWasNeverSet() {
    assertThat(setDefaults(TOTAL, OptionalLong.of(3)).reason())
        .hasValue("ifVersion is 3, and the default policy was never set");
  }

  @Test
  void shouldTurnTotalsIntoGaugesAndKeepTheirValues() {
    set(Optional.of(TOTAL), OnChange.RESET, OptionalLong.empty());
    fold.put("n", "k", 41, T);

    Decision kept = set(Optional.of(Policy.Gauge.unbounded()), OnChange.KEEP, OptionalLong.empty());
    Decision more = fold.apply("n", "k", Event.Put.of(Amount.of(1.5)), T);

    assertThat(kept.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(more.details().gauge().orElseThrow().value()).isEqualTo(42.5);
    assertThat(fold.namespace("n").tally().countAt(T.toEpochMilli())).isZero();
    assertThat(fold.namespace("n").tally().keysAt(T.toEpochMilli())).isEqualTo(1);
    assertThat(fold.reader().everything().countAt(T.toEpochMilli())).isZero();
  }

  private Decision setDefaults(Policy policy, OptionalLong ifVersion) {
    return fold.apply("", "", new Event.ChangeDefaults(policy, OnChange.RESET, ifVersion), T);
  }

  private Decision set(Optional<Policy> policy, OnChange onChange, OptionalLong ifVersion) {
    return fold.apply("n", "", new Event.ChangePolicy(policy, onChange, ifVersion), T);
  }

  private List<PolicyHistory.Change> history() {
    return fold.reader().history(ByteString.utf8("n"));
  }
}
