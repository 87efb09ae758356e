package io.countess.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands about policies, where they name a counter behind the namespace. */
class CounterPolicyCommandsTest {
  private static final String ACCEPTED = "{'outcome':'accepted','at':17,'position':'1@9'}";
  private static final String PATH = "/v1/namespaces/api/keys/alice/policy";
  private static final String TOTAL = "{\"kind\":\"total\"}";

  private final FakeServer server = new FakeServer();
  private final Cli cli = Cli.at(server);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void shouldSetThePolicyOfACounterByItsFields() {
    server.answer(ACCEPTED);
    var ran = cli.run("policy", "set", "api", "alice", "--rate", "9/s", "--on-change", "reset");
    assertThat(ran)
        .isEqualTo(new Cli.Ran(0, "{\"kind\":\"leaky\",\"rate\":\"9/s\"} version 9\n", ""));
    assertThat(server.asked()).containsExactly("PUT " + PATH);
    assertThat(server.bodies())
        .containsExactly(
            "{\"policy\":{\"kind\":\"leaky\",\"rate\":\"9/s\"},\"onChange\":\"reset\"}");
  }

  /** What a limit alone is a limit of, the namespace says. */
  @ParameterizedTest
  @CsvSource({
    "expiring, --limit 5, 0",
    "total, --limit 5, 0",
    "gauge, --max 5, 0",
    "leaky, --limit 5, 2",
  })
  void shouldTakeTheKindOfTheNamespaceWhereTheFieldsMayBeOfSeveral(
      String kind, String limit, int exitCode) {
    String leaky = kind.equals("leaky") ? ",'rate':'1/s'" : "";
    server.answer("{'namespace':'api','policy':{'kind':'" + kind + "'" + leaky + "},'at':1}");
    server.answer(ACCEPTED);
    var ran = cli.run(("policy set api alice " + limit).split(" "));
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(exitCode);
    assertThat(server.asked().get(0)).startsWith("GET /v1/namespaces/api");
    if (exitCode == 0) {
      assertThat(server.bodies().toString()).contains("\"kind\":\"" + kind + "\"");
    } else {
      assertThat(ran.err()).startsWith("countess: --kind is missing; with limit it may be");
    }
  }

  @Test
  void shouldSetThePolicyOfACounterInJson() {
    server.answer(ACCEPTED);
    assertThat(cli.run("policy", "set", "api", "alice", TOTAL).exitCode()).isZero();
    assertThat(server.asked()).containsExactly("PUT " + PATH);
    assertThat(server.bodies()).containsExactly("{\"policy\":{\"kind\":\"total\",\"initial\":0}}");
  }

  @Test
  void shouldGiveACounterAPlan() {
    server.answer(ACCEPTED).answer(ACCEPTED);
    assertThat(cli.run("policy", "set", "api", "alice", "--plan", "pro"))
        .isEqualTo(new Cli.Ran(0, "plan pro version 9\n", ""));
    assertThat(server.asked()).containsExactly("PUT " + PATH);
    assertThat(server.bodies()).containsExactly("{\"plan\":\"pro\"}");

    cli.run("policy", "set", "api", "alice", "--plan", "pro", "--on-change", "reset");
    assertThat(server.bodies()).last().isEqualTo("{\"plan\":\"pro\",\"onChange\":\"reset\"}");
  }

  /** The key of a counter that others share a partition with begins like JSON. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "{u1}x, %7Bu1%7Dx",
        "{}x, %7B%7Dx",
        "{u1}, %7Bu1%7D",
        "{kind, %7Bkind",
      })
  void shouldTellAKeyFromJson(String key, String inPath) {
    server.answer(ACCEPTED).answer(ACCEPTED).answer(ACCEPTED);
    assertThat(cli.run("policy", "set", "api", key, "--ttl", "5s").err()).isEmpty();
    assertThat(cli.run("policy", "set", "api", key, "--plan", "pro").err()).isEmpty();
    assertThat(cli.run("policy", "set", "api", key, TOTAL).err()).isEmpty();
    String line = "PUT /v1/namespaces/api/keys/" + inPath + "/policy";
    assertThat(server.asked()).containsExactly(line, line, line);
  }

  @ParameterizedTest
  @ValueSource(strings = {TOTAL, " { \"kind\" : \"total\" }", "{\n\"kind\":\"total\"\n}\n"})
  void shouldTellJsonFromAKey(String json) {
    server.answer(ACCEPTED);
    assertThat(cli.run("policy", "set", "api", json).exitCode()).isZero();
    assertThat(server.asked()).containsExactly("PUT /v1/namespaces/api");
  }

  @Test
  void shouldTakeNamesInBase64() {
    server.answer(ACCEPTED);
    cli.run("policy", "set", "YXBp", "/wA=", "--plan", "pro", "--base64");
    assertThat(server.asked())
        .containsExactly("PUT /v1/counter/policy?nsBase64=YXBp&keyBase64=_wA");
  }

  @ParameterizedTest
  @CsvSource({"3,If-Match,'\"3\"'", "none,If-None-Match,*"})
  void shouldChangeOnlyTheVersionThatIsExpected(String version, String header, String value) {
    server.answer(ACCEPTED).answer(ACCEPTED).answer(ACCEPTED);
    for (String change :
        new String[] {"set api alice --ttl 5s", "set api alice --plan pro", "drop api alice"}) {
      var ran = cli.run(("policy " + change + " --if-version " + version).split(" "));
      assertThat(ran.exitCode()).as(change).isZero();
      assertThat(server.header(header)).as(change).isEqualTo(value);
    }
  }

  @Test
  void shouldExitWith5WhereThePolicyIsOfAnotherVersion() {
    server.answer(
        412,
        "{'type':'urn:countess:problem:outdated','outcome':'outdated','reason':'is 4','at':1}",
        null);
    assertThat(cli.run("policy", "set", "api", "alice", "--plan", "pro", "--if-version", "3"))
        .isEqualTo(new Cli.Ran(5, "", "countess: outdated: is 4\n"));
  }

  @Test
  void shouldSayThatThereIsNoSuchPlan() {
    server.answer(
        422,
        "{'type':'urn:countess:problem:impossible','outcome':'impossible','at':1,"
            + "'reason':'plan is gold; the policy of the namespace has no plans'}",
        null);
    var ran = cli.run("policy", "set", "api", "alice", "--plan", "gold");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err())
        .startsWith("countess: impossible: ")
        .endsWith("plan is gold; the policy of the namespace has no plans\n");
  }

  @Test
  void shouldShowWhatACounterCountsByAndWhose() {
    String policy = "'namespace':'api','key':'alice','policy':{'kind':'total'}";
    server.answer("{" + policy + ",'version':3}");
    server.answer("{" + policy + ",'version':4,'plan':'pro'}");
    server.answer("{" + policy + "}");
    String shown = "{\"kind\":\"total\",\"initial\":0}";
    String[] get = {"policy", "get", "api", "alice"};
    assertThat(cli.run(get).out()).isEqualTo(shown + " version 3\n");
    assertThat(cli.run(get).out()).isEqualTo(shown + " plan pro version 4\n");
    assertThat(cli.run(get).out()).isEqualTo(shown + " (the namespace's)\n");
    assertThat(server.asked()).containsOnly("GET " + PATH);
  }

  @Test
  void shouldShowWhatACounterCountsByInJson() {
    server.answer(
        "{'namespace':'api','key':'alice','policy':{'kind':'total'},'version':4,'plan':'pro'}");
    assertThat(cli.run("policy", "get", "api", "alice", "--output", "json").out())
        .isEqualTo(
            "{\"namespace\":\"api\",\"key\":\"alice\","
                + "\"policy\":{\"kind\":\"total\",\"initial\":0},\"version\":4,\"plan\":\"pro\"}\n");
  }

  @Test
  void shouldShowHowThePolicyOfACounterChanged() {
    server.answer(
        "{'namespace':'api','key':'alice','history':["
            + "{'version':9,'at':1769860800000,'policy':null,'onChange':'reset'},"
            + "{'version':3,'at':1769774400000,'plan':'pro','onChange':'keep'},"
            + "{'version':2,'at':1769774400000,'policy':{'kind':'total'},'onChange':'keep'}]}");
    var lines = cli.onTerminal().run("policy", "history", "api", "alice").out().lines().toList();
    assertThat(lines.get(1))
        .matches(" +9 +2026-01-31T12:00:00Z +reset +the policy of the namespace");
    assertThat(lines.get(2)).matches(" +3 +2026-01-30T12:00:00Z +keep +plan pro");
    assertThat(lines.get(3)).matches(" +2 +2026-01-30T12:00:00Z +keep +\\{\"kind\":\"total\".*}");
    assertThat(server.asked()).containsExactly("GET " + PATH + "/history");
  }

  @Test
  void shouldDropThePolicyOfACounter() {
    server.answer(ACCEPTED).answer(ACCEPTED);
    assertThat(cli.run("policy", "drop", "api", "alice"))
        .isEqualTo(new Cli.Ran(0, "the policy of the namespace\n", ""));
    cli.run("policy", "drop", "api", "alice", "--on-change", "reset");
    assertThat(server.asked()).containsExactly("PUT " + PATH, "PUT " + PATH);
    assertThat(server.bodies())
        .containsExactly("{\"policy\":null}", "{\"policy\":null,\"onChange\":\"reset\"}");
  }

  @Test
  void shouldDropThePolicyOfANamespaceAndKeepItsCounts() {
    server.answer(ACCEPTED).answer(ACCEPTED);
    assertThat(cli.run("policy", "drop", "api").out()).isEqualTo("the default policy\n");
    cli.run("policy", "drop", "api", "--on-change", "reset");
    assertThat(server.asked())
        .containsExactly("PUT /v1/namespaces/api", "DELETE /v1/namespaces/api");
  }

  @Test
  void shouldListCountersWithSomethingOfTheirOwn() {
    server.answer(
        "{'policies':[{'key':'alice','version':8,'at':5,'plan':'pro','onChange':'keep'}],"
            + "'next':'Abc'}");
    server.answer(
        "{'policies':[{'key':'b c','version':7,'at':5,'policy':{'kind':'total'},"
            + "'onChange':'keep'}]}");
    var lines = cli.onTerminal().run("policies", "api").out().lines().toList();
    assertThat(lines.get(0)).matches(" +VERSION +KEY +POLICY");
    assertThat(lines.get(1)).matches(" +8 +alice +plan pro");
    assertThat(lines.get(2)).matches(" +7 +b c +\\{\"kind\":\"total\",\"initial\":0}");
    assertThat(server.asked())
        .containsExactly(
            "GET /v1/namespaces/api/policies?limit=1000",
            "GET /v1/namespaces/api/policies?limit=1000&after=Abc");
  }

  @Test
  void shouldListCountersInJson() {
    server.answer(
        "{'policies':[{'key':'alice','version':8,'at':5,'plan':'pro','onChange':'keep'}]}");
    assertThat(cli.run("policies", "api", "--output", "json").out())
        .isEqualTo(
            "{\"key\":\"alice\",\"version\":8,\"at\":5,\"plan\":\"pro\",\"onChange\":\"keep\"}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "policy set api --plan pro            | countess: --plan is for a counter; name its key",
        "policy set api alice --plan pro --ttl 5s | countess: --plan and a policy are both given;",
        "policy set api alice {} --plan pro   | countess: --plan and a policy are both given;",
        "policy set api {} --plan pro         | countess: --plan is for a counter; name its key",
        "policy set api alice                 | countess: --kind is missing; it must be one of",
        "policy set api alice bob             | countess: policy is 'bob'; behind a key it must be",
        "policy set api alice {} --ttl 5s     | countess: policy is given twice, as JSON and",
        "policy set api alice {               | countess: body is not JSON",
        "policy set api alice {} {}           | countess policy set: Unmatched argument",
        "policy get api alice bob             | countess policy get: Unmatched argument",
        "policy drop api alice --on-change x  | countess policy drop: Invalid value for option",
        "policy drop                          | countess policy drop: Missing required parameter",
        "policies                             | countess policies: Missing required parameter",
        "policies api alice                   | countess policies: Unmatched argument",
      })
  void shouldExitWith2AndSayWhatIsWrong(String line, String message) {
    var ran = cli.run(line.split(" "));
    assertThat(ran.err()).startsWith(message);
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(server.asked()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "set,--ttl=5s",
    "get,--output=json",
    "drop,--on-change=keep",
    "history,--output=json"
  })
  void shouldNotTakeAnEmptyKeyForTheNamespace(String command, String option) {
    var ran = cli.run("policy", command, "api", "", option);
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(server.asked()).isEmpty();
  }
}
