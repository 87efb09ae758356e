package io.countess.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.answer.Answer;
import io.countess.answer.Coverage;
import io.countess.answer.Cursor;
import io.countess.answer.KeyPage;
import io.countess.answer.Lag;
import io.countess.answer.NamespacePage;
import io.countess.answer.NamespaceView;
import io.countess.answer.PolicyHistory;
import io.countess.answer.Readiness;
import io.countess.answer.Totals;
import io.countess.answer.VersionedPolicy;
import io.countess.event.ByteString;
import io.countess.event.CountRange;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Position;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NamespacesTest {
  private static final ByteString LOGINS = ByteString.utf8("logins");
  private static final String DECISION = "{'outcome':'accepted','at':5,'position':'0@7'}";

  private final FakeServer server = new FakeServer();
  private final Counts counts = Counts.open(CountsConfig.of(server.url()));

  @AfterEach
  void close() {
    counts.close();
    server.close();
  }

  @Test
  void shouldListKeysPageByPage() {
    server.answer("{'keys':[{'key':'a','count':2},{'count':1,'keyBase64':'/w=='}],'next':'Abc'}");
    var page = counts.keys(LOGINS, Optional.of("a *"), Page.first(2).from(new Cursor("A_-")));
    var notText = ByteString.of(new byte[] {(byte) 0xff});
    assertThat(page.value())
        .isEqualTo(
            new KeyPage(
                List.of(new KeyPage.Entry(ByteString.utf8("a"), 2), new KeyPage.Entry(notText, 1)),
                Optional.of(new Cursor("Abc"))));
    assertThat(server.asked().line())
        .isEqualTo("GET /v1/namespaces/logins/keys?limit=2&after=A_-&match=a%20%2A");
  }

  @Test
  void shouldListANamespaceInBase64WhereNoPathCanHoldIt() {
    server.answer("{'keys':[]}");
    counts.keys(ByteString.of(new byte[] {(byte) 0xff, 0}), Optional.empty(), Page.first(2));
    assertThat(server.asked().line()).isEqualTo("GET /v1/keys?nsBase64=_wA&limit=2");
  }

  @Test
  void shouldTakeTheHighestCountsOfTheEmptyNamespace() {
    server.answer("{'keys':[]}");
    counts.top(ByteString.EMPTY, 3);
    assertThat(server.asked().line()).isEqualTo("GET /v1/top?nsBase64=&k=3");
  }

  @Test
  void shouldAskForCountsInARange() {
    server.answer("{'keys':[]}");
    var range = Optional.of(CountRange.between(-5, 7));
    counts.keys(LOGINS, Optional.of("a"), range, Page.first(2));
    assertThat(server.asked().line())
        .isEqualTo("GET /v1/namespaces/logins/keys?limit=2&match=a&min=-5&max=7");
  }

  @Test
  void shouldAskForTheHighestCountsInARange() {
    server.answer("{'keys':[]}");
    counts.top(LOGINS, 3, CountRange.parse(Optional.empty(), Optional.of("1e3")));
    assertThat(server.asked().line()).isEqualTo("GET /v1/namespaces/logins/top?k=3&max=1E%2B3");
  }

  @Test
  void shouldSetThePolicyOfANamespaceThatAnIntermediaryWouldTakeForAStepUp() {
    server.answer(DECISION);
    counts.setPolicy(ByteString.utf8(".."), Policy.DEFAULT, OnChange.KEEP);
    assertThat(server.asked().line()).isEqualTo("PUT /v1/namespace?nsBase64=Li4");
  }

  @Test
  void shouldListTheHighestCounts() {
    server.answer("{'keys':[{'key':'a','count':2}]}");
    assertThat(counts.top(LOGINS, 3).value().next()).isEmpty();
    assertThat(server.asked().line()).isEqualTo("GET /v1/namespaces/logins/top?k=3");
  }

  @Test
  void shouldSayOfListingsWhichStateAnsweredAndHowFarItIsBehind() {
    String json = "application/json";
    String keys = "{'keys':[],'missing':[1],'behind':{'3':120}}";
    var coverage = new Coverage(new TreeSet<>(List.of(1)), new TreeMap<>(Map.of(3, 120L)));

    server.answer(200, json, keys, "Countess-Position", "2@5,3@4");
    var listed = counts.keys(LOGINS, Optional.empty(), Page.first(2));
    assertThat(listed.position()).isEqualTo(Position.parse("2@5,3@4"));
    assertThat(listed.coverage()).isEqualTo(coverage);

    server.answer(200, json, keys, "Countess-Position", "2@5");
    assertThat(counts.top(LOGINS, 2))
        .isEqualTo(
            new Answer.Found<>(
                new KeyPage(List.of(), Optional.empty()), Position.of(2, 5), coverage));

    server.answer(200, json, keys.replace("keys", "namespaces"), "Countess-Position", "2@6");
    assertThat(counts.namespaces(Page.first(2)))
        .isEqualTo(
            new Answer.Found<>(
                new NamespacePage(List.of(), Optional.empty()), Position.of(2, 6), coverage));
  }

  @Test
  void shouldListTheValuesOfGauges() {
    server.answer("{'keys':[{'key':'a','count':2.5}]}");
    assertThat(counts.top(LOGINS, 3).value().keys())
        .containsExactly(new KeyPage.Entry(ByteString.utf8("a"), 2.5));
  }

  @Test
  void shouldListNamespaces() {
    server.answer(
        "{'namespaces':[{'namespace':'logins','policy':{'kind':'expiring','ttl':'1m'},'version':7,"
            + "'totals':{'count':9,'keys':4,'approximate':true},'at':5}],'next':'x'}");
    var expected =
        new NamespaceView(
            LOGINS,
            new VersionedPolicy(Policy.DEFAULT, OptionalLong.of(7)),
            new Totals(9, 4, true),
            5);
    assertThat(counts.namespaces(Page.first(10)).value())
        .isEqualTo(new NamespacePage(List.of(expected), Optional.of(new Cursor("x"))));
    assertThat(server.asked().line()).isEqualTo("GET /v1/namespaces?limit=10");
  }

  @Test
  void shouldShowANamespace() {
    server.answer(
        "{'namespace':'logins','policy':{'kind':'total'},'totals':{'count':-3,'keys':1},'at':5}");
    var total = new VersionedPolicy(Policy.Total.unbounded(), OptionalLong.empty());
    assertThat(counts.including(Position.of(0, 7)).namespace(LOGINS))
        .isEqualTo(new NamespaceView(LOGINS, total, new Totals(-3, 1, false), 5));
    assertThat(server.asked().header("Countess-position")).isEqualTo("0@7");
  }

  @Test
  void shouldSayThatItDoesNotKnowAPolicy() {
    server.answer("{'namespace':'logins','policy':{'kind':'sketch'},'at':5}");
    assertThatThrownBy(() -> counts.namespace(LOGINS)).hasMessageContaining("not understood: kind");
    server.answer("{'namespace':'logins','at':5}");
    assertThatThrownBy(() -> counts.namespace(LOGINS)).hasMessageContaining("policy is missing");
  }

  @Test
  void shouldSetAPolicy() {
    server.answer(DECISION);
    assertThat(counts.setPolicy(LOGINS, Policy.DEFAULT, OnChange.RESET).outcome())
        .isEqualTo(Outcome.ACCEPTED);
    assertThat(server.asked().line()).isEqualTo("PUT /v1/namespaces/logins");
    assertThat(server.asked().body())
        .isEqualTo("{\"policy\":{\"kind\":\"expiring\",\"ttl\":\"1m\"},\"onChange\":\"reset\"}");
  }

  @Test
  void shouldSetAPolicyOnlyWhereItHasNotChanged() {
    server.problem(412, "{'type':'urn:countess:problem:outdated','outcome':'outdated','at':5}");
    var before = new VersionedPolicy(Policy.DEFAULT, OptionalLong.of(7));
    assertThat(counts.setPolicy(LOGINS, Policy.DEFAULT, OnChange.KEEP, before.expected()).outcome())
        .isEqualTo(Outcome.OUTDATED);
    assertThat(server.asked().header("If-match")).isEqualTo("\"7\"");
  }

  @Test
  void shouldGiveANamespaceItsFirstPolicy() {
    server.answer("{'namespace':'logins','policy':{'kind':'expiring'},'at':5}");
    var none = counts.policy(LOGINS);
    server.answer(DECISION);
    counts.resetNamespace(LOGINS, none.expected());
    assertThat(server.all().get(1).line()).isEqualTo("DELETE /v1/namespaces/logins");
    assertThat(server.all().get(1).header("If-none-match")).isEqualTo("*");
  }

  @Test
  void shouldTellHowAPolicyChanged() {
    server.answer(
        "{'namespace':'logins','history':[{'version':9,'at':6,'policy':null,'onChange':'reset'},"
            + "{'version':7,'at':5,'policy':{'kind':'total'},'onChange':'keep','by':'x'}]}");
    assertThat(counts.policyHistory(LOGINS))
        .isEqualTo(
            new PolicyHistory(
                Optional.of(LOGINS),
                List.of(
                    new PolicyHistory.Change(9, 6, Optional.empty(), OnChange.RESET),
                    new PolicyHistory.Change(
                        7, 5, Optional.of(Policy.Total.unbounded()), OnChange.KEEP))));
    assertThat(server.asked().line()).isEqualTo("GET /v1/namespaces/logins/policy/history");
  }

  @Test
  void shouldBringANamespaceBackToTheDefault() {
    server.answer(DECISION);
    assertThat(counts.resetNamespace(LOGINS).position()).contains(Position.of(0, 7));
    assertThat(server.asked().line()).isEqualTo("DELETE /v1/namespaces/logins");
  }

  @Test
  void shouldBringANamespaceBackToTheDefaultAndKeepItsCounts() {
    server.answer(DECISION);
    counts.dropPolicy(LOGINS);
    assertThat(server.asked().line()).isEqualTo("PUT /v1/namespaces/logins");
    assertThat(server.asked().body()).isEqualTo("{\"policy\":null}");

    server.answer(DECISION);
    counts.dropPolicy(LOGINS, 7);
    assertThat(server.all().get(1).header("If-match")).isEqualTo("\"7\"");
  }

  @Test
  void shouldSetTheDefaultPolicy() {
    server.answer(DECISION);
    counts.setDefaultPolicy(Policy.DEFAULT, OnChange.RESET);
    assertThat(server.asked().line()).isEqualTo("PUT /v1/default-policy");
    assertThat(server.asked().body()).endsWith(",\"onChange\":\"reset\"}");
  }

  @Test
  void shouldChangeOnlyTheDefaultPolicyThatIsExpectedAndTellHowItChanged() {
    server.answer(DECISION);
    counts.setDefaultPolicy(Policy.DEFAULT, OnChange.KEEP, 3);
    assertThat(server.asked().header("If-match")).isEqualTo("\"3\"");

    server.answer("{'history':[{'version':7,'at':5,'policy':{'kind':'total'},'onChange':'keep'}]}");
    var changes = counts.defaultPolicyHistory();
    assertThat(changes.namespace()).isEmpty();
    assertThat(changes.changes())
        .containsExactly(
            new PolicyHistory.Change(7, 5, Optional.of(Policy.Total.unbounded()), OnChange.KEEP));
  }

  @Test
  void shouldTellWhetherTheServerIsReady() {
    server.answer(
        503,
        "application/json",
        "{'ready':false,'state':'restoring','lag':{'0':7},'lagSeconds':{'0':1.5}}");
    assertThat(counts.readiness())
        .isEqualTo(
            new Readiness(
                false, "restoring", new TreeMap<>(Map.of(0, new Lag(7, Duration.ofMillis(1500))))));
    assertThat(server.asked().line()).isEqualTo("GET /readyz");
  }

  @Test
  void shouldShowTheDefaultPolicyAndTheTotalsOfEverything() {
    server.answer("{'policy':{'kind':'expiring'},'version':3,'count':12,'keys':2}");
    assertThat(counts.defaultPolicy())
        .isEqualTo(new VersionedPolicy(Policy.DEFAULT, OptionalLong.of(3)));
    assertThat(counts.totals()).isEqualTo(new Totals(12, 2, false));

    server.answer("{'count':9223372036854775807,'keys':2,'saturated':true}");
    assertThat(counts.totals()).isEqualTo(new Totals(Long.MAX_VALUE, 2, false, true));
  }
}
