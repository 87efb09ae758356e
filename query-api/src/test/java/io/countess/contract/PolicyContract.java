package io.countess.contract;

import static io.countess.event.Outcome.ACCEPTED;
import static io.countess.event.Outcome.OUTDATED;
import static io.countess.event.Outcome.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.countess.answer.PolicyHistory;
import io.countess.answer.VersionedPolicy;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The policy of a namespace: set, in force everywhere, and told with its history. */
interface PolicyContract extends Contract {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'kind':'expiring','ttl':'90m','limit':5,'dedupe':'1h'}",
        "{'kind':'leaky','rate':'10/s','capacity':7}",
        "{'kind':'window','period':'quarter','zone':'Asia/Kathmandu','min':-4,'limit':8}",
        "{'kind':'total','initial':3,'min':-1,'max':9,'maxDelta':2,'mode':'observe'}",
        "{'kind':'gauge','description':'°C','min':-273.15,'max':1e4,'maxDelta':0.5}",
      })
  default void shouldTellThePolicyThatWasSet(String policy) {
    Counters counters = counters(policy);

    VersionedPolicy told = counters.view().policy();

    assertThat(told.policy()).isEqualTo(Counters.policy(policy));
    assertThat(told.version()).isPresent();
  }

  @Test
  default void shouldDecideByTheNewPolicyEverywhereOnceItIsAcknowledged() {
    Counters seats = counters("{'kind':'leaky','rate':'1/d','capacity':1}");
    for (int limit = 2; limit <= 4; limit++) {
      assertThat(seats.restart("{'kind':'total','limit':%d}".formatted(limit)).outcome())
          .isEqualTo(ACCEPTED);
      for (int i = 0; i < 16; i++) {
        assertThat(seats.put("key" + i, limit).outcome()).isEqualTo(ACCEPTED);
        assertThat(seats.put("key" + i, 1).outcome()).isEqualTo(REFUSED);
      }
    }
  }

  @Test
  default void shouldChangeOnlyTheVersionThatIsExpected() {
    Counters counters = counters();
    long none = Event.ChangePolicy.NO_VERSION;

    assertThat(counters.keep("{'kind':'total','limit':1}", none).outcome()).isEqualTo(ACCEPTED);
    assertThat(counters.keep("{'kind':'total','limit':2}", none).outcome()).isEqualTo(OUTDATED);
    long first = counters.view().policy().version().orElseThrow();
    assertThat(counters.keep("{'kind':'total','limit':3}", first).outcome()).isEqualTo(ACCEPTED);
    Decision outdated = counters.keep("{'kind':'total','limit':4}", first);

    assertThat(outdated.outcome()).isEqualTo(OUTDATED);
    assertThat(outdated.reason().orElseThrow()).contains("ifVersion is " + first);
    VersionedPolicy inForce = counters.view().policy();
    assertThat(inForce.policy().limit()).hasValue(3);
    assertThat(inForce.version().orElseThrow()).isGreaterThan(first);
  }

  @Test
  default void shouldTellHowAPolicyChanged() {
    Counters counters = counters("{'kind':'total','limit':1}");
    long first = counters.view().policy().version().orElseThrow();
    counters.keep("{'kind':'total','limit':2}");
    counters.keep("{'kind':'window','period':'day'}");
    counters.drop();

    PolicyHistory history = caller().history(counters.namespace());

    assertThat(history.changes())
        .extracting(it -> it.policy().map(Policy::limit), PolicyHistory.Change::onChange)
        .containsExactly(
            tuple(Optional.empty(), OnChange.RESET),
            tuple(
                Optional.of(Counters.policy("{'kind':'total','limit':2}").limit()), OnChange.KEEP),
            tuple(
                Optional.of(Counters.policy("{'kind':'total','limit':1}").limit()), OnChange.KEEP));
    assertThat(history.changes().get(2).version()).isEqualTo(first);
    assertThat(history.changes())
        .isSortedAccordingTo((a, b) -> Long.compare(b.version(), a.version()));
    assertThat(history.namespace()).hasValue(counters.namespace());
  }

  @Test
  default void shouldGoBackToTheDefaultPolicy() {
    Counters counters = counters("{'kind':'total','limit':5}");
    counters.put("a", 5);

    assertThat(counters.drop().outcome()).isEqualTo(ACCEPTED);

    assertThat(counters.view().policy()).isEqualTo(caller().defaultPolicy());
    assertThat(counters.count("a")).isZero();
    assertThat(counters.put("a", 9).outcome()).isEqualTo(ACCEPTED);
  }

  @Test
  default void shouldKeepWhatWasCountedUnderTheDefaultPolicy() {
    Counters counters = counters("{'kind':'expiring','ttl':'1h','limit':5}");
    counters.put("a", 5);

    assertThat(counters.dropAndKeep().outcome()).isEqualTo(ACCEPTED);

    assertThat(counters.view().policy()).isEqualTo(caller().defaultPolicy());
    assertThat(counters.put("a", 9).count()).hasValue(14);
  }

  @Test
  default void shouldChangeTheDefaultPolicyOfAllThatHaveNone() {
    Counters without = counters();
    Counters with = counters("{'kind':'total','limit':5}");
    Policy before = caller().defaultPolicy().policy();
    try {
      var total = Counters.policy("{'kind':'total','initial':3}");
      caller().change(new Event.ChangeDefaults(total, OnChange.RESET));

      assertThat(caller().defaultPolicy().policy()).isEqualTo(total);
      assertThat(caller().defaultPolicy().version()).isPresent();
      assertThat(without.put("a", 2).count()).hasValue(5);
      assertThat(with.put("a", 2).count()).hasValue(2);
    } finally {
      caller().change(new Event.ChangeDefaults(before, OnChange.RESET));
    }
    assertThat(without.view().policy().policy()).isEqualTo(before);
  }

  @Test
  default void shouldChangeTheDefaultPolicyOnlyWhereNobodyElseHasAndTellHowItChanged() {
    VersionedPolicy before = caller().defaultPolicy();
    var shorter = Counters.policy("{'kind':'expiring','ttl':'50s'}");
    var expected = OptionalLong.of(before.expected());
    try {
      Decision first = caller().change(new Event.ChangeDefaults(shorter, OnChange.KEEP, expected));
      Decision tooLate =
          caller().change(new Event.ChangeDefaults(before.policy(), OnChange.KEEP, expected));

      assertThat(first.outcome()).isEqualTo(ACCEPTED);
      assertThat(tooLate.outcome()).isEqualTo(OUTDATED);
      PolicyHistory history = caller().defaultPolicyHistory();
      assertThat(history.namespace()).isEmpty();
      assertThat(history.changes().get(0))
          .returns(Optional.of(shorter), PolicyHistory.Change::policy)
          .returns(caller().defaultPolicy().version().orElseThrow(), PolicyHistory.Change::version);
    } finally {
      caller().change(new Event.ChangeDefaults(before.policy(), OnChange.RESET));
    }
  }
}
