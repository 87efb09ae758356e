package io.countess.contract;

import static io.countess.contract.Contract.whyNever;
import static io.countess.event.OnChange.KEEP;
import static io.countess.event.OnChange.RESET;
import static io.countess.event.Outcome.ACCEPTED;
import static io.countess.event.Outcome.IMPOSSIBLE;
import static io.countess.event.Outcome.OUTDATED;
import static io.countess.event.Outcome.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.answer.CounterPolicy;
import io.countess.answer.CounterPolicyPage;
import io.countess.answer.KeyPage;
import io.countess.answer.PolicyHistory;
import io.countess.client.Page;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.OnChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A policy or a plan that one counter has of its own. */
interface PolicyOfOneContract extends Contract {
  String TEN = "{'kind':'total','limit':10}";
  String PLANS =
      "{'kind':'total','limit':10,'plans':{'pro':{'limit':%d},'free':{'kind':'total','limit':1}}}";

  @Test
  default void shouldCountOneCounterByItsOwnPolicyAndTheOthersByThatOfTheNamespace() {
    Counters api = counters(TEN);
    for (int i = 0; i < 8; i++) {
      assertThat(api.own("own" + i, "{'kind':'total','limit':%d}".formatted(20 + i), KEEP))
          .returns(ACCEPTED, Decision::outcome);
    }

    for (int i = 0; i < 8; i++) {
      assertThat(api.put("own" + i, 20 + i).limit()).hasValue(20 + i);
      assertThat(api.put("own" + i, 1).outcome()).isEqualTo(REFUSED);
      assertThat(api.counted("own" + i).limit()).hasValue(20 + i);
      assertThat(api.peek("own" + i, 1).wouldAccept()).isFalse();
      assertThat(api.put("key" + i, 11).outcome()).isEqualTo(REFUSED);
    }
  }

  @Test
  default void shouldTellWhatACounterCountsByAndWhose() {
    Counters api = counters(PLANS.formatted(50));
    api.own("a", "{'kind':'gauge','max':3.5}", KEEP);
    api.plan("b", "pro");

    CounterPolicy own = api.policyOf("a");
    CounterPolicy plan = api.policyOf("b");
    CounterPolicy none = api.policyOf("c");

    assertThat(own.policy().policy()).isEqualTo(Counters.policy("{'kind':'gauge','max':3.5}"));
    assertThat(own.policy().version()).isPresent();
    assertThat(own.plan()).isEmpty();
    assertThat(plan.counter()).isEqualTo(api.named("b"));
    assertThat(plan.policy().policy()).isEqualTo(Counters.policy("{'kind':'total','limit':50}"));
    assertThat(plan.policy().version()).isPresent();
    assertThat(plan.plan()).hasValue("pro");
    assertThat(none.policy().policy()).isEqualTo(api.view().policy().policy());
    assertThat(none.policy().version()).isEmpty();
  }

  @Test
  default void shouldTellThePlansOfAPolicy() {
    Counters api = counters(PLANS.formatted(50));

    assertThat(api.view().policy().policy().terms().plans())
        .containsOnlyKeys("free", "pro")
        .containsEntry("pro", Counters.policy("{'kind':'total','limit':50}"));
  }

  @Test
  default void shouldFollowAPlanThatChangesInWhateverPartition() {
    Counters api = counters(PLANS.formatted(20));
    for (int i = 0; i < 8; i++) {
      assertThat(api.plan("k" + i, "pro").outcome()).isEqualTo(ACCEPTED);
      assertThat(api.put("k" + i, 20).limit()).hasValue(20);
    }

    api.keep(PLANS.formatted(30));

    for (int i = 0; i < 8; i++) {
      assertThat(api.put("k" + i, 10).remaining()).hasValue(0);
      assertThat(api.policyOf("k" + i).policy().policy().limit()).hasValue(30);
    }
    assertThat(api.put("other", 11).outcome()).isEqualTo(REFUSED);
  }

  @Test
  default void shouldNotGiveAPlanThatThereIsNot() {
    Counters api = counters(PLANS.formatted(20));

    assertThat(whyNever(() -> api.plan("a", "gold")))
        .isEqualTo("plan is 'gold'; the policy of the namespace has the plans free, pro");
    assertThat(api.policyOf("a").policy().version()).isEmpty();
    assertThat(whyNever(() -> counters(TEN).plan("a", "gold"))).endsWith("has no plans");
  }

  @Test
  default void shouldGoBackToThePolicyOfTheNamespaceAndKeepWhatWasCounted() {
    Counters api = counters(TEN);
    api.own("a", "{'kind':'total'}", KEEP);
    api.put("a", 9);

    assertThat(api.disown("a", KEEP).outcome()).isEqualTo(ACCEPTED);

    assertThat(api.policyOf("a").policy().version()).isEmpty();
    assertThat(api.put("a", 1).remaining()).hasValue(0);
    assertThat(api.disown("a", KEEP).outcome()).as("nothing to drop").isEqualTo(ACCEPTED);
  }

  @Test
  default void shouldChangeTheKindOfWhatCountsOnlyWithAReset() {
    Counters api = counters("{'kind':'expiring','ttl':'1h'}");
    api.put("a", 3);

    assertThat(api.own("a", "{'kind':'total'}", KEEP).outcome()).isEqualTo(IMPOSSIBLE);
    assertThat(api.count("a")).isEqualTo(3);
    assertThat(api.own("a", "{'kind':'total'}", RESET).outcome()).isEqualTo(ACCEPTED);
    assertThat(api.count("a")).isZero();
    api.put("a", -4);
    assertThat(api.disown("a", KEEP).outcome()).isEqualTo(IMPOSSIBLE);
    assertThat(api.disown("a", RESET).outcome()).isEqualTo(ACCEPTED);
    assertThat(api.put("a", 2).count()).hasValue(2);
  }

  @Test
  default void shouldKeepAPolicyWhereTheCounterOrItsNamespaceStartsAgain() {
    Counters api = counters(TEN);
    api.own("a", "{'kind':'total','limit':20}", KEEP);
    api.put("a", 20);
    api.reset("a");
    assertThat(api.put("a", 20).remaining()).hasValue(0);

    api.restart("{'kind':'total','limit':5}");

    assertThat(api.count("a")).isZero();
    assertThat(api.put("a", 20).remaining()).hasValue(0);
    assertThat(api.put("b", 6).outcome()).isEqualTo(REFUSED);
  }

  @Test
  default void shouldChangeOnlyTheVersionOfOneCounterThatIsExpected() {
    Counters api = counters(PLANS.formatted(20));
    long none = Event.ChangePolicy.NO_VERSION;
    long any = Event.ChangePolicy.ANY_VERSION;

    assertThat(toPro(api, any).outcome()).isEqualTo(OUTDATED);
    assertThat(toPro(api, none).outcome()).isEqualTo(ACCEPTED);
    assertThat(toPro(api, none).outcome()).isEqualTo(OUTDATED);
    long first = api.policyOf("a").policy().version().orElseThrow();
    assertThat(toPro(api, first).outcome()).isEqualTo(ACCEPTED);
    Decision outdated = toPro(api, first);
    assertThat(outdated.outcome()).isEqualTo(OUTDATED);
    assertThat(outdated.reason().orElseThrow()).contains("ifVersion is " + first);
    assertThat(api.policyOf("a").policy().version().orElseThrow()).isGreaterThan(first);
  }

  private static Decision toPro(Counters api, long expected) {
    var toPro = Event.ChangePolicy.toPlan("pro", KEEP).ifVersion(OptionalLong.of(expected));
    return api.caller().change(api.named("a"), toPro);
  }

  @Test
  default void shouldTellHowThePolicyOfOneCounterChanged() {
    Counters api = counters(PLANS.formatted(20));
    api.own("a", "{'kind':'total','limit':7}", KEEP);
    api.plan("a", "pro");
    api.disown("a", RESET);
    api.own("b", TEN, KEEP);

    PolicyHistory history = api.caller().history(api.named("a"));

    assertThat(history.namespace()).hasValue(api.namespace());
    assertThat(history.key()).hasValue(ByteString.utf8("a"));
    assertThat(history.changes())
        .extracting(PolicyHistory.Change::plan)
        .containsExactly(Optional.empty(), Optional.of("pro"), Optional.empty());
    assertThat(history.changes())
        .extracting(PolicyHistory.Change::onChange)
        .containsExactly(RESET, KEEP, KEEP);
    assertThat(history.changes().get(0).isDrop()).isTrue();
    assertThat(history.changes().get(2).policy())
        .hasValue(Counters.policy("{'kind':'total','limit':7}"));
    assertThat(history.changes())
        .isSortedAccordingTo((one, other) -> Long.compare(other.version(), one.version()));
    assertThat(api.caller().history(api.named("c")).changes()).isEmpty();
    assertThat(api.caller().history(api.namespace()).changes()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 12, 1000})
  default void shouldListWhoHasSomethingOfTheirOwnInPagesOfAnySize(int size) {
    Counters api = counters(PLANS.formatted(20));
    for (int i = 0; i < 12; i++) {
      if (i % 2 == 0) {
        api.plan("k%02d".formatted(i), "pro");
      } else {
        api.own("k%02d".formatted(i), TEN, KEEP);
      }
    }
    api.put("without", 1);
    api.own("dropped", TEN, KEEP);
    api.disown("dropped", KEEP);

    List<CounterPolicyPage.Entry> listed = listed(api, size);

    assertThat(listed)
        .extracting(it -> it.key() + it.change().plan().map(plan -> " " + plan).orElse(""))
        .containsExactly(
            "k00 pro", "k01", "k02 pro", "k03", "k04 pro", "k05", "k06 pro", "k07", "k08 pro",
            "k09", "k10 pro", "k11");
    assertThat(listed.get(1).change())
        .isEqualTo(api.caller().history(api.named("k01")).changes().get(0));
  }

  private static List<CounterPolicyPage.Entry> listed(Counters api, int size) {
    var all = new ArrayList<CounterPolicyPage.Entry>();
    Optional<Page> page = Optional.of(Page.first(size));
    while (page.isPresent()) {
      Page asked = page.get();
      CounterPolicyPage found = api.caller().policies(api.namespace(), asked);
      assertThat(found.policies()).hasSizeLessThanOrEqualTo(size);
      all.addAll(found.policies());
      page = found.next().map(asked::from);
    }
    return all;
  }

  @Test
  default void shouldHavePoliciesUnderAnyKey() {
    Counters api = counters(TEN);
    var notText = ByteString.of(new byte[] {(byte) 0xc3, 0x28, 0});
    var keys = List.of("\0", "%2F", "..", "/", "a/b", "{}", "{u1}x", "\u00fc");
    var names = new ArrayList<CounterName>();
    keys.forEach(key -> names.add(api.named(key)));
    names.add(new CounterName(api.namespace(), notText));
    for (CounterName name : names) {
      api.caller().change(name, change("{'kind':'total','limit':20}", KEEP));
    }

    for (CounterName name : names) {
      assertThat(api.caller().policy(name).policy().policy().limit()).as("%s", name).hasValue(20);
      assertThat(api.caller().history(name).changes()).hasSize(1);
    }
    assertThat(listed(api, 2))
        .extracting(CounterPolicyPage.Entry::key)
        .containsExactlyElementsOf(names.stream().map(CounterName::key).sorted().toList());
  }

  private static Event.ChangePolicy change(String policy, OnChange onChange) {
    return new Event.ChangePolicy(Optional.of(Counters.policy(policy)), onChange);
  }

  @Test
  default void shouldClaimByThePoliciesThatCountersHave() {
    Counters api = counters(TEN);
    api.own("{t}a", "{'kind':'total','limit':3}", KEEP);
    var parts =
        List.of(
            Event.Claim.Part.of(api.named("{t}a"), 3), Event.Claim.Part.of(api.named("{t}b"), 3));

    assertThat(api.caller().claim(new Event.Claim(parts, Optional.empty())).outcome())
        .isEqualTo(ACCEPTED);
    assertThat(api.caller().claim(new Event.Claim(parts, Optional.empty())).outcome())
        .isEqualTo(REFUSED);
    assertThat(api.count("{t}b")).isEqualTo(3);
  }

  @Test
  default void shouldAddUpAndListWhateverCountersCountBy() {
    Counters api = counters("{'kind':'total'}");
    api.put("a", 2);
    api.own("b", "{'kind':'window','period':'day'}", KEEP);
    api.put("b", 3);
    api.own("c", "{'kind':'gauge'}", KEEP);
    api.put("c", 1.5);

    assertThat(api.view().totals().count()).isEqualTo(5);
    assertThat(api.view().totals().keys()).isEqualTo(3);
    assertThat(api.keys().keys())
        .containsExactly(
            new KeyPage.Entry(ByteString.utf8("a"), 2),
            new KeyPage.Entry(ByteString.utf8("b"), 3),
            new KeyPage.Entry(ByteString.utf8("c"), 1.5));
  }
}
