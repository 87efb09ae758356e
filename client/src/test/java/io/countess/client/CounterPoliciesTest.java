package io.countess.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.countess.answer.CounterPolicy;
import io.countess.answer.CounterPolicyPage;
import io.countess.answer.Cursor;
import io.countess.answer.PolicyHistory;
import io.countess.answer.VersionedPolicy;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.InvalidInputException;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Position;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CounterPoliciesTest {
  private static final String DECISION = "{'outcome':'accepted','at':5,'position':'0@7'}";
  private static final CounterName ALICE = CounterName.of("api", "alice b");
  private static final CounterName BYTES =
      new CounterName(ByteString.utf8("api"), ByteString.of(new byte[] {(byte) 0xff, 0}));
  private static final String PATH = "/v1/namespaces/api/keys/alice%20b/policy";

  private final FakeServer server = new FakeServer();
  private final Counts counts = Counts.open(CountsConfig.of(server.url()));
  private final CounterPolicies policies = counts.counterPolicies();

  @AfterEach
  void close() {
    counts.close();
    server.close();
  }

  @Test
  void shouldTellWhatACounterCountsByAndWhose() {
    server.answer(
        "{'namespace':'api','key':'alice b','policy':{'kind':'total'},'version':7,'plan':'pro'}");
    assertThat(policies.of(ALICE))
        .isEqualTo(
            new CounterPolicy(
                ALICE,
                new VersionedPolicy(Policy.Total.unbounded(), OptionalLong.of(7)),
                Optional.of("pro")));
    assertThat(server.asked().line()).isEqualTo("GET " + PATH);
  }

  @Test
  void shouldTellThatACounterHasNothingOfItsOwn() {
    server.answer("{'namespace':'api','key':'alice b','policy':{'kind':'expiring'}}");
    CounterPolicy found = counts.including(Position.of(0, 7)).counterPolicies().of(ALICE);
    assertThat(found.policy().version()).isEmpty();
    assertThat(found.plan()).isEmpty();
    assertThat(found.policy().expected()).isEqualTo(-1);
    assertThat(server.asked().header("Countess-position")).isEqualTo("0@7");
  }

  @Test
  void shouldSetAPolicy() {
    server.answer(DECISION);
    assertThat(policies.set(ALICE, Policy.DEFAULT, OnChange.RESET).position())
        .contains(Position.of(0, 7));
    assertThat(server.asked().line()).isEqualTo("PUT " + PATH);
    assertThat(server.asked().body())
        .isEqualTo("{\"policy\":{\"kind\":\"expiring\",\"ttl\":\"1m\"},\"onChange\":\"reset\"}");
    assertThat(server.asked().headers()).doesNotContainKeys("If-match", "If-none-match");
  }

  @Test
  void shouldAssignAPlan() {
    server.answer(DECISION);
    policies.assign(ALICE, "pro", OnChange.KEEP);
    policies.assign(ALICE, "pro", OnChange.RESET);
    assertThat(server.all())
        .extracting(FakeServer.Asked::line, FakeServer.Asked::body)
        .containsExactly(
            tuple("PUT " + PATH, "{\"plan\":\"pro\"}"),
            tuple("PUT " + PATH, "{\"plan\":\"pro\",\"onChange\":\"reset\"}"));
  }

  @Test
  void shouldDropAPolicyAndKeepTheCountOrNot() {
    server.answer(DECISION);
    policies.drop(ALICE, OnChange.KEEP);
    policies.drop(ALICE, OnChange.RESET);
    assertThat(server.all())
        .extracting(FakeServer.Asked::line)
        .containsExactly("PUT " + PATH, "PUT " + PATH);
    assertThat(server.all())
        .extracting(FakeServer.Asked::body)
        .containsExactly("{\"policy\":null}", "{\"policy\":null,\"onChange\":\"reset\"}");
  }

  @Test
  void shouldChangeOnlyTheVersionThatIsExpected() {
    server.answer(DECISION);
    policies.set(ALICE, Policy.DEFAULT, OnChange.KEEP, 7);
    policies.assign(ALICE, "pro", OnChange.KEEP, 7);
    policies.drop(ALICE, OnChange.KEEP, 7);
    assertThat(server.all())
        .extracting(asked -> asked.header("If-match"))
        .containsExactly("\"7\"", "\"7\"", "\"7\"");
    assertThat(server.all()).extracting(FakeServer.Asked::body).noneMatch(it -> it.contains("7"));
  }

  @Test
  void shouldGiveACounterItsFirstPolicy() {
    server.answer(DECISION);
    policies.set(ALICE, Policy.DEFAULT, OnChange.KEEP, -1);
    policies.assign(ALICE, "pro", OnChange.KEEP, -1);
    policies.drop(ALICE, OnChange.KEEP, -1);
    assertThat(server.all())
        .extracting(asked -> asked.header("If-none-match"))
        .containsExactly("*", "*", "*");
  }

  @Test
  void shouldChangeWhateverVersionThereIs() {
    server.answer(DECISION);
    policies.drop(ALICE, OnChange.KEEP, -2);
    counts.setPolicy(ALICE.namespace(), Policy.DEFAULT, OnChange.KEEP, -2);
    assertThat(server.all())
        .extracting(asked -> asked.header("If-match"))
        .containsExactly("*", "*");
  }

  @Test
  void shouldTellThatAPolicyIsOfAnotherVersionAndThatAPlanIsNot() {
    server.problem(412, "{'type':'urn:countess:problem:outdated','outcome':'outdated','at':5}");
    assertThat(policies.assign(ALICE, "pro", OnChange.KEEP, 7).outcome())
        .isEqualTo(Outcome.OUTDATED);

    server.problem(
        422,
        "{'type':'urn:countess:problem:impossible','outcome':'impossible','at':5,"
            + "'reason':'plan is gold'}");
    var impossible = policies.assign(ALICE, "gold", OnChange.KEEP);
    assertThat(impossible.outcome()).isEqualTo(Outcome.IMPOSSIBLE);
    assertThat(impossible.reason()).hasValue("plan is gold");
  }

  @Test
  void shouldAskForNothingWhereANameIsWrong() {
    assertThatThrownBy(() -> policies.assign(ALICE, "p".repeat(65), OnChange.KEEP))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("65 bytes");
    assertThat(server.all()).isEmpty();
  }

  @Test
  void shouldTellHowThePolicyOfACounterChanged() {
    server.answer(
        "{'namespace':'api','key':'alice b','history':["
            + "{'version':9,'at':6,'policy':null,'onChange':'reset'},"
            + "{'version':8,'at':5,'plan':'pro','onChange':'keep'},"
            + "{'version':7,'at':5,'policy':{'kind':'total'},'onChange':'keep'}]}");
    PolicyHistory history = policies.history(ALICE);
    assertThat(history.key()).hasValue(ALICE.key());
    assertThat(history.changes())
        .containsExactly(
            new PolicyHistory.Change(9, 6, Optional.empty(), OnChange.RESET),
            new PolicyHistory.Change(8, 5, Optional.empty(), Optional.of("pro"), OnChange.KEEP),
            new PolicyHistory.Change(7, 5, Optional.of(Policy.Total.unbounded()), OnChange.KEEP));
    assertThat(history.changes()).extracting(PolicyHistory.Change::isDrop).startsWith(true, false);
    assertThat(server.asked().line()).isEqualTo("GET " + PATH + "/history");
  }

  @Test
  void shouldListCountersWithSomethingOfTheirOwnPageByPage() {
    server.answer(
        "{'policies':[{'key':'a','version':8,'at':5,'plan':'pro','onChange':'keep'},"
            + "{'keyBase64':'/wA=','version':7,'at':5,'policy':{'kind':'total'},"
            + "'onChange':'reset'}],'next':'Abc'}");
    var toPlan =
        new PolicyHistory.Change(8, 5, Optional.empty(), Optional.of("pro"), OnChange.KEEP);
    var toOwn =
        new PolicyHistory.Change(7, 5, Optional.of(Policy.Total.unbounded()), OnChange.RESET);
    assertThat(policies.list(ALICE.namespace(), Page.first(2).from(new Cursor("A_-"))))
        .isEqualTo(
            new CounterPolicyPage(
                List.of(
                    new CounterPolicyPage.Entry(ByteString.utf8("a"), toPlan),
                    new CounterPolicyPage.Entry(BYTES.key(), toOwn)),
                Optional.of(new Cursor("Abc"))));
    assertThat(server.asked().line())
        .isEqualTo("GET /v1/namespaces/api/policies?limit=2&after=A_-");
  }

  @Test
  void shouldNameInBase64WhatNoPathCanHold() {
    server.answer("{'namespace':'api','keyBase64':'/wA=','policy':{'kind':'total'}}");
    assertThat(policies.of(BYTES).counter()).isEqualTo(BYTES);
    server.answer(DECISION);
    policies.assign(BYTES, "pro", OnChange.KEEP, 7);
    policies.set(CounterName.of("..", "k"), Policy.DEFAULT, OnChange.KEEP);
    server.answer("{'namespace':'api','keyBase64':'/wA=','history':[]}");
    policies.history(BYTES);
    server.answer("{'policies':[]}");
    policies.list(ByteString.EMPTY, Page.first(5));
    assertThat(server.all())
        .extracting(FakeServer.Asked::line)
        .containsExactly(
            "GET /v1/counter/policy?nsBase64=YXBp&keyBase64=_wA",
            "PUT /v1/counter/policy?nsBase64=YXBp&keyBase64=_wA",
            "PUT /v1/counter/policy?nsBase64=Li4&keyBase64=aw",
            "GET /v1/counter/policy/history?nsBase64=YXBp&keyBase64=_wA",
            "GET /v1/policies?nsBase64=&limit=5");
  }
}
