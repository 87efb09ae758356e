package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.answer.PolicyHistory;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.codec.PolicyCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A counter may have a policy of its own, or one of the plans of its namespace's policy. */
class CounterPolicyTest {
  private static final String ONE = "{\"kind\":\"expiring\",\"limit\":1}";
  private static final String THREE = "{\"kind\":\"expiring\",\"limit\":3}";
  private static final String TOTAL = "{\"kind\":\"total\"}";
  private static final String PLANS =
      "{\"kind\":\"expiring\",\"limit\":1,\"plans\":{\"pro\":{\"limit\":2},\"max\":{\"limit\":null}}}";

  private final FoldFixture fold = FoldFixture.inMemory();

  @AfterEach
  void close() {
    fold.close();
  }

  @Test
  void shouldCountByItsOwnPolicyAndLeaveTheOthersAlone() {
    fold.policy("n", ONE, START);
    assertThat(own("k", THREE, OnChange.KEEP).outcome()).isEqualTo(Outcome.ACCEPTED);

    assertThat(put("k", 3).limit()).hasValue(3);
    assertThat(put("k", 1).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(put("other", 2).limit()).hasValue(1);
    assertThat(fold.forwarder.sent).as("nobody else needs to know").isEmpty();
  }

  @Test
  void shouldKeepItsPolicyWhileItCountsNothing() {
    own("k", THREE, OnChange.KEEP);
    put("k", 3);
    fold.tick(START.plus(Duration.ofHours(3)));
    fold.wallClock(Duration.ofMinutes(1));

    assertThat(fold.put("n", "k", 4, START.plus(Duration.ofHours(3))).limit()).hasValue(3);
    assertThat(fold.namespace("n")).as("which holds a policy").isNotNull();
  }

  @Test
  void shouldGoBackToThePolicyOfItsNamespace() {
    fold.policy("n", ONE, START);
    own("k", THREE, OnChange.KEEP);
    put("k", 1);
    assertThat(own("k", "null", OnChange.KEEP).outcome()).isEqualTo(Outcome.ACCEPTED);

    assertThat(put("k", 1).reason()).hasValueSatisfying(why -> assertThat(why).contains("limit"));
    assertThat(fold.namespace("n").hasOwnPolicies()).isFalse();
  }

  @Test
  void shouldChangeTheKindOfACounterThatCountsOnlyWithAReset() {
    put("k", 2);

    Decision refused = own("k", TOTAL, OnChange.KEEP);
    assertThat(refused.outcome()).isEqualTo(Outcome.IMPOSSIBLE);
    assertThat(refused.reason())
        .hasValue("a change of kind from expiring to total needs onChange reset");
    assertThat(count("k")).isEqualTo(2);

    assertThat(own("k", TOTAL, OnChange.RESET).outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(count("k")).isZero();
    put("k", 7);
    assertThat(fold.count("n", "k", START.plus(Duration.ofDays(9)))).isEqualTo(7);
  }

  @Test
  void shouldChangeTheKindOfACounterThatCountsNothingYet() {
    assertThat(own("k", TOTAL, OnChange.KEEP).outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(put("k", 5).count()).hasValue(5);
  }

  @Test
  void shouldNotReleaseWhatWasPutBeforeAReset() {
    own("k", TOTAL, OnChange.KEEP);
    fold.apply("n", "k", new Event.Put(5, Optional.empty(), Optional.of("i")), START);
    own("k", TOTAL, OnChange.RESET);
    put("k", 9);

    var release = new Event.Release("i", OptionalLong.empty(), Optional.empty());
    assertThat(fold.apply("n", "k", release, START).details().released()).hasValue(0);
    assertThat(count("k")).isEqualTo(9);
  }

  @Test
  void shouldTakeATotalAlongToAGaugeAndKeepTheTotalsRight() {
    own("k", TOTAL, OnChange.KEEP);
    put("k", 5);
    assertThat(fold.namespace("n").tally().countAt(START.toEpochMilli())).isEqualTo(5);

    own("k", "{\"kind\":\"gauge\"}", OnChange.KEEP);
    put("k", 1);
    assertThat(count("k")).isEqualTo(6);
    assertThat(fold.namespace("n").tally().countAt(START.toEpochMilli())).isZero();
    assertThat(fold.namespace("n").tally().keysAt(START.toEpochMilli())).isEqualTo(1);
  }

  @Test
  void shouldStayATotalWhereItsNamespaceBecomesAGauge() {
    fold.policy("n", TOTAL, START);
    put("other", 4);
    own("k", TOTAL, OnChange.KEEP);
    put("k", 5);
    fold.policy("n", "{\"kind\":\"gauge\"}", START);

    assertThat(fold.namespace("n").tally().countAt(START.toEpochMilli())).isEqualTo(5);
    assertThat(put("k", 1).details().gauge()).isEmpty();
    assertThat(put("other", 1).details().gauge()).isPresent();
    assertThat(fold.namespace("n").tally().countAt(START.toEpochMilli())).isEqualTo(6);
  }

  @Test
  void shouldStartAgainWithItsNamespaceAndKeepItsPolicy() {
    fold.policy("n", ONE, START);
    own("k", THREE, OnChange.KEEP);
    put("k", 3);
    fold.policyAndReset("n", TOTAL, START);

    assertThat(count("k")).isZero();
    assertThat(put("k", 4).limit()).hasValue(3);
  }

  @Test
  void shouldMakeAChangeOnlyWhereTheVersionIsTheExpectedOne() {
    Decision none = change("k", ONE, 7);
    assertThat(none.outcome()).isEqualTo(Outcome.OUTDATED);
    assertThat(none.reason()).hasValue("ifVersion is 7, and the counter has no policy of its own");

    assertThat(change("k", ONE, Event.ChangePolicy.NO_VERSION).outcome())
        .isEqualTo(Outcome.ACCEPTED);
    long version = fold.reader().counter(name("k")).own().version().orElseThrow();
    assertThat(change("k", THREE, Event.ChangePolicy.NO_VERSION).reason())
        .hasValue("ifVersion is none, and the version in force is " + version);
    assertThat(change("k", THREE, version).outcome()).isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void shouldCountByItsPlanAndFollowTheChangesOfThat() {
    fold.policy("n", PLANS, START);
    fold.plan("n", "k", "pro", START);
    put("k", 2);
    assertThat(put("k", 1).outcome()).isEqualTo(Outcome.REFUSED);

    fold.policy("n", PLANS.replace("\"limit\":2", "\"limit\":5"), START);
    assertThat(put("k", 3).limit()).hasValue(5);

    fold.plan("n", "k", "max", START);
    assertThat(put("k", 100).limit()).isEmpty();
    assertThat(put("other", 2).limit()).hasValue(1);
  }

  @Test
  void shouldCountLikeItsNamespaceWhereThatHasNoSuchPlanAnyMore() {
    fold.policy("n", PLANS, START);
    fold.plan("n", "k", "pro", START);
    fold.policy("n", THREE, START);
    assertThat(put("k", 1).limit()).hasValue(3);

    fold.policy("n", PLANS, START);
    assertThat(put("k", 1).limit()).hasValue(2);
  }

  @Test
  void shouldRefuseAPlanThatThereIsNot() {
    assertThat(fold.plan("n", "k", "pro", START).reason())
        .hasValue("plan is 'pro'; the policy of the namespace has no plans");
    fold.policy("n", PLANS, START);
    assertThat(fold.plan("n", "k", "gold", START).reason())
        .hasValue("plan is 'gold'; the policy of the namespace has the plans max, pro");
    assertThat(fold.apply("n", "", Event.ChangePolicy.toPlan("pro", OnChange.KEEP), START).reason())
        .hasValue(
            "plan is for a counter: it stands under the key of the namespace, '/' and its key");
  }

  @Test
  void shouldKeepTheHistoryOfACounter() {
    fold.policy("n", PLANS, START);
    own("k", ONE, OnChange.KEEP);
    fold.plan("n", "k", "pro", START);
    own("k", "null", OnChange.RESET);

    List<PolicyHistory.Change> history = fold.reader().history(name("k"));
    assertThat(history).extracting(PolicyHistory.Change::version).containsExactly(3L, 2L, 1L);
    assertThat(history.get(0).policy()).isEmpty();
    assertThat(history.get(1).plan()).hasValue("pro");
    assertThat(history.get(2).policy().map(Policy::limit)).hasValue(OptionalLong.of(1));
    assertThat(fold.reader().history(ByteString.utf8("n"))).hasSize(1);
  }

  @Test
  void shouldNoteNothingWhereACounterLosesWhatItDoesNotHave() {
    put("k", 1);
    assertThat(own("k", "null", OnChange.KEEP).outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(count("k")).isEqualTo(1);
    assertThat(own("k", "null", OnChange.RESET).outcome()).isEqualTo(Outcome.ACCEPTED);

    assertThat(count("k")).isZero();
    assertThat(fold.reader().history(name("k"))).isEmpty();
  }

  @Test
  void shouldListCountersThatHaveSomethingOfTheirOwnWrittenOrNot() {
    fold.policy("n", PLANS, START);
    own("b", ONE, OnChange.KEEP);
    own("d", ONE, OnChange.KEEP);
    fold.store().flushCache();
    fold.plan("n", "a", "pro", START);
    fold.plan("n", "c", "pro", START);
    own("d", "null", OnChange.KEEP);
    own("b", THREE, OnChange.KEEP);
    own("e", ONE, OnChange.KEEP);

    assertThat(listed("")).containsExactly("a pro", "b 3", "c pro", "e 1");
    assertThat(listed("b!")).containsExactly("c pro", "e 1");
    fold.store().flushCache();
    assertThat(listed("")).containsExactly("a pro", "b 3", "c pro", "e 1");
  }

  @Test
  void shouldDecideAPutByThePolicyThatItBringsAndKeepThat() {
    fold.policy("n", ONE, START);
    assertThat(bring(3, THREE).limit()).hasValue(3);

    assertThat(put("k", 1).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(fold.reader().counter(name("k")).own().version()).hasValue(1);
    bring(0, THREE);
    assertThat(fold.reader().history(name("k"))).as("the same again is no change").hasSize(1);
    assertThat(bring(4, ONE.replace("1", "9")).count()).hasValue(7);
    assertThat(fold.reader().history(name("k"))).hasSize(2);
  }

  @Test
  void shouldKeepThePolicyOfAPutThatItRefuses() {
    put("k", 1);
    assertThat(bring(1, ONE).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(fold.reader().counter(name("k")).own().version()).hasValue(1);
  }

  @Test
  void shouldChangeNothingByAPutThatBringsAnotherKindOrIsNotForIt() {
    put("k", 1);
    assertThat(bring(1, TOTAL).reason())
        .hasValue("a change of kind from expiring to total needs onChange reset");
    String plans = "{\"kind\":\"expiring\",\"plans\":{\"a\":{\"limit\":1}}}";
    assertThat(bring(1, plans).reason()).hasValue("plans are for the policy of a namespace");
    assertThat(bring(-1, THREE).outcome()).isEqualTo(Outcome.IMPOSSIBLE);

    assertThat(count("k")).isEqualTo(1);
    assertThat(fold.reader().counter(name("k")).own().isNone()).isTrue();
  }

  @Test
  void shouldAnswerAPutWithAnIdAgainThoughItsCounterHasAnotherPolicyNow() {
    var put =
        new Event.Put(2, Optional.empty(), Optional.of("i"))
            .bringing(PolicyCodec.decode(FoldFixture.utf8(TOTAL)));
    assertThat(fold.apply("n", "k", put, START).count()).hasValue(2);
    own("k", THREE, OnChange.RESET);

    Decision again = fold.apply("n", "k", put, START);
    assertThat(again.details().replayed()).isTrue();
    assertThat(again.count()).hasValue(2);
    assertThat(put("k", 1).limit()).hasValue(3);
  }

  @Test
  void shouldRememberAnIdAsLongAsThePolicySaysThatItsPutBrings() {
    var put =
        new Event.Put(2, Optional.empty(), Optional.of("i"))
            .bringing(
                PolicyCodec.decode(FoldFixture.utf8("{\"kind\":\"total\",\"dedupe\":\"2d\"}")));
    fold.apply("n", "k", put, START);

    Decision later = fold.apply("n", "k", put, START.plus(Duration.ofDays(1)));
    assertThat(later.details().replayed()).isTrue();
  }

  private Decision bring(long n, String policy) {
    Event.Put put = Event.Put.of(n).bringing(PolicyCodec.decode(FoldFixture.utf8(policy)));
    return fold.apply("n", "k", put, START);
  }

  private List<String> listed(String from) {
    var listed = new ArrayList<String>();
    fold.reader()
        .policies(
            ByteString.utf8("n"),
            ByteString.utf8(from),
            (key, newest) -> {
              var limit = newest.policy().map(policy -> "" + policy.limit().orElseThrow());
              return listed.add(key + " " + limit.or(newest::plan).orElseThrow());
            });
    return listed;
  }

  private Decision own(String key, String policy, OnChange onChange) {
    return fold.policy("n", key, policy, onChange, START);
  }

  private Decision change(String key, String policy, long ifVersion) {
    var change =
        new Event.ChangePolicy(
            Optional.of(PolicyCodec.decode(FoldFixture.utf8(policy))),
            OnChange.KEEP,
            OptionalLong.of(ifVersion));
    return fold.apply("n", key, change, START);
  }

  private Decision put(String key, long n) {
    return fold.put("n", key, n, START);
  }

  private long count(String key) {
    return fold.count("n", key, START);
  }

  private static CounterName name(String key) {
    return CounterName.of("n", key);
  }
}
