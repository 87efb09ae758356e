package io.countess.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyCommandsTest {
  private static final String ACCEPTED = "{'outcome':'accepted','at':17,'position':'1@9'}";

  private final FakeServer server = new FakeServer();
  private final Cli cli = Cli.at(server);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void shouldShowAPolicyWithItsVersion() {
    server.answer("{'namespace':'a','policy':{'kind':'expiring','limit':5},'version':3,'at':1}");
    server.answer("{'namespace':'a','policy':{'kind':'expiring','limit':5},'at':1}");
    assertThat(cli.run("policy", "get", "a").out())
        .isEqualTo("{\"kind\":\"expiring\",\"ttl\":\"1m\",\"limit\":5} version 3\n");
    assertThat(cli.run("policy", "get", "a").out()).endsWith("\"limit\":5} (default)\n");
  }

  @ParameterizedTest
  @CsvSource({"3,If-Match,'\"3\"'", "none,If-None-Match,*"})
  void shouldChangeOnlyTheVersionThatIsExpected(String version, String header, String value) {
    server.answer(ACCEPTED).answer(ACCEPTED);
    var set = cli.run("policy", "set", "a", "--ttl", "5s", "--if-version", version);
    assertThat(set.exitCode()).isZero();
    assertThat(server.header(header)).isEqualTo(value);
    assertThat(cli.run("policy", "reset", "a", "--if-version", version).exitCode()).isZero();
    assertThat(server.header(header)).isEqualTo(value);
  }

  @Test
  void shouldExitWith5WhereThePolicyIsOfAnotherVersion() {
    server.answer(
        412,
        "{'type':'urn:countess:problem:outdated','outcome':'outdated','reason':'is 4','at':1}",
        null);
    assertThat(cli.run("policy", "set", "a", "--ttl", "5s", "--if-version", "3"))
        .isEqualTo(new Cli.Ran(5, "", "countess: outdated: is 4\n"));
  }

  @Test
  void shouldShowHowAPolicyChanged() {
    String history =
        "{'namespace':'a','history':["
            + "{'version':9,'at':1769860800000,'policy':null,'onChange':'reset'},"
            + "{'version':3,'at':1769774400000,'policy':{'kind':'total'},'onChange':'keep'}]}";
    server.answer(history).answer(history);
    var lines = cli.onTerminal().run("policy", "history", "a").out().lines().toList();
    assertThat(lines.get(0)).matches(" +VERSION +AT +COUNTERS +POLICY");
    assertThat(lines.get(1)).matches(" +9 +2026-01-31T12:00:00Z +reset +the default policy");
    assertThat(lines.get(2)).matches(" +3 +2026-01-30T12:00:00Z +keep +\\{\"kind\":\"total\".*}");
    assertThat(server.asked().get(0)).startsWith("GET /v1/namespaces/a/policy/history");
    assertThat(cli.run("policy", "history", "a", "--output", "json").out())
        .startsWith(
            "{\"version\":9,\"at\":1769860800000,\"policy\":null,\"onChange\":\"reset\"}\n");
  }

  @Test
  void shouldSetAPolicyInJson() {
    server.answer(ACCEPTED);
    var ran = cli.run("policy", "set", "a", "{\"kind\":\"total\"}", "--on-change", "reset");
    assertThat(ran).isEqualTo(new Cli.Ran(0, "{\"kind\":\"total\",\"initial\":0} version 9\n", ""));
    assertThat(server.asked()).containsExactly("PUT /v1/namespaces/a");
    assertThat(server.bodies())
        .containsExactly("{\"policy\":{\"kind\":\"total\",\"initial\":0},\"onChange\":\"reset\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--kind expiring --ttl 5m --limit 5 | {'kind':'expiring','ttl':'5m','limit':5}",
        "--kind leaky --rate 10/s --capacity 9 | {'kind':'leaky','rate':'10/s','capacity':9}",
        "--kind total --initial 1 --min -5 --max 9 --max-delta 2"
            + " | {'kind':'total','initial':1,'min':-5,'max':9,'maxDelta':2}",
        "--ttl 5m --limit 5 | {'kind':'expiring','ttl':'5m','limit':5}",
        "--rate 10/s | {'kind':'leaky','rate':'10/s'}",
        "--capacity 9 --rate 1/s | {'kind':'leaky','rate':'1/s','capacity':9}",
        "--limit 5 --min 0 | {'kind':'total','initial':0,'min':0,'limit':5}",
        "--max-delta 2 | {'kind':'total','initial':0,'maxDelta':2}",
        "--period day --zone Europe/Berlin --limit 5 --min -5 --max-delta 2"
            + " | {'kind':'window','period':'day','zone':'Europe/Berlin','min':-5,'maxDelta':2,'limit':5}",
        "--kind gauge --min -40 --max 60.5 | {'kind':'gauge','min':-40.0,'max':60.5}",
        "--kind gauge --description °C --max-delta 0.5"
            + " | {'kind':'gauge','description':'°C','maxDelta':0.5}",
        "--initial 5 --description visits | {'kind':'total','description':'visits','initial':5}",
        "--ttl 5m --mode observe --dedupe 1h --max-ids 5"
            + " | {'kind':'expiring','ttl':'5m','mode':'observe','dedupe':'1h','maxIds':5}",
      })
  void shouldSetAPolicyByItsFields(String options, String policy) {
    server.answer(ACCEPTED);
    var ran = cli.run(("policy set a " + options).split(" "));
    assertThat(ran.err()).isEmpty();
    assertThat(server.bodies()).containsExactly("{\"policy\":" + policy.replace('\'', '"') + "}");
  }

  @Test
  void shouldSetSeveralLimitsAsWords() {
    server.answer(ACCEPTED);
    var ran =
        cli.run(
            "policy",
            "set",
            "a",
            "--mode",
            "observe",
            "--limits",
            "rate=10/s capacity=9",
            "--limits",
            "window period=day  zone=Europe/Berlin min=-5 limit=5 maxDelta=2");
    assertThat(ran.err()).isEmpty();
    assertThat(server.bodies())
        .containsExactly(
            ("{'policy':{'kind':'limits','limits':[{'kind':'leaky','rate':'10/s','capacity':9},"
                    + "{'kind':'window','period':'day','zone':'Europe/Berlin','min':-5,"
                    + "'maxDelta':2,'limit':5}],'mode':'observe'}}")
                .replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "rate=10/s            | countess: limits[0].capacity is missing; each of several limits",
        "rate                 | countess: limits[0].kind is rate; a limit is of the kind expiring",
        "=5                   | countess: --limits has '=5'; it must be as 'rate=10/s capacity=10'",
        "period=day limit=5 keep=3 | countess: limits[0].keep is not for one of several limits",
        "limit=5 limit=6      | countess: --limits has 'limit=5 limit=6'; limit is given twice",
        "limit=5              | countess: --kind is missing; with limit it may be expiring or total",
        "period=day limit=x   | countess: limits[0].limit must be a whole number",
        "period=day limit=5 mode=observe | countess: limits[0].mode is not for one of several",
        "max=5                | countess: limits[0].limit is missing; each of several limits",
      })
  void shouldSayWhatIsWrongWithALimit(String limit, String message) {
    var ran = cli.run("policy", "set", "a", "--limits", limit);
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).startsWith(message);
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void shouldGiveTheDefaultBack() {
    server.answer(ACCEPTED);
    assertThat(cli.run("policy", "reset", "a").out()).isEqualTo("the default policy\n");
    assertThat(server.asked()).containsExactly("DELETE /v1/namespaces/a");
  }

  @Test
  void shouldShowAndSetTheDefault() {
    server.answer("{'policy':{'kind':'expiring'},'version':3}").answer(ACCEPTED);
    assertThat(cli.run("policy", "default", "get", "--output=json").out())
        .isEqualTo("{\"policy\":{\"kind\":\"expiring\",\"ttl\":\"1m\"},\"version\":3}\n");
    assertThat(cli.run("policy", "default", "set", "--kind", "expiring").exitCode()).isZero();
    assertThat(server.asked()).last().asString().startsWith("PUT /v1/default-policy");
  }

  @Test
  void shouldChangeOnlyTheDefaultThatIsExpectedAndShowHowItChanged() {
    server.answer(ACCEPTED);
    var set = cli.run("policy", "default", "set", "--ttl", "5s", "--if-version", "3");
    assertThat(set.exitCode()).isZero();
    assertThat(server.header("If-Match")).isEqualTo("\"3\"");

    server.answer("{'history':[{'version':3,'at':1,'policy':{'kind':'total'},'onChange':'keep'}]}");
    assertThat(cli.run("policy", "default", "history", "--output", "json").out())
        .isEqualTo(
            "{\"version\":3,\"at\":1,\"policy\":{\"kind\":\"total\",\"initial\":0},"
                + "\"onChange\":\"keep\"}\n");
    assertThat(server.asked()).last().asString().startsWith("GET /v1/default-policy/history");
  }

  @Test
  void shouldSayWhyAPolicyStaysAsItWas() {
    server.answer(
        422,
        "{'type':'urn:countess:problem:impossible','outcome':'impossible','at':1,"
            + "'reason':'onChange must be reset'}",
        null);
    assertThat(cli.run("policy", "set", "a", "--kind", "total"))
        .isEqualTo(new Cli.Ran(1, "", "countess: impossible: --on-change must be reset\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "policy set a                          | countess: --kind is missing; it must be one of",
        "policy set a --limit 5                | countess: --kind is missing; with limit it may be",
        "policy set a --ttl 5s --rate 1/s      | countess: --kind is missing, and there is none that",
        "policy set a --kind gauges            | countess: --kind is 'gauges'; it must be one of",
        "policy set a --kind leaky             | countess: --rate is missing; a leaky bucket",
        "policy set a --kind total --ttl 5s    | countess: --ttl is not for the kind total",
        "policy set a --kind expiring --ttl 0s | countess: --ttl is '0s'; it must be longer",
        "policy set a {} --kind total          | countess: policy is given twice, as JSON and",
        "policy set a {                        | countess: body is not JSON",
        "policy set a --mode observe           | countess: --kind is missing; with mode it may be",
        "policy set a --zone UTC               | countess: --period is missing; a window needs one",
        "policy set a --min 0.5                | countess: --min is 0.5; it must be a whole number",
        "policy set a --ttl 5s --mode warn     | countess policy set: Invalid value for option '--mode': 'warn' is",
        "policy set a --ttl 5s --if-version x  | countess: --if-version is 'x'; it must be a version",
        "policy set a --limit many             | countess policy set: Invalid value for option",
        "policy                                | countess policy: Missing required subcommand",
        "policy get                            | countess policy get: Missing required parameter",
      })
  void shouldExitWith2AndSayWhatIsWrong(String line, String message) {
    var ran = cli.run(line.split(" "));
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).startsWith(message);
    assertThat(server.asked()).isEmpty();
  }
}
