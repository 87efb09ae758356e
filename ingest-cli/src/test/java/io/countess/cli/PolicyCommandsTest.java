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
  void shouldShowAPolicyAsItCanBeSet() {
    server.answer("{'namespace':'a','policy':{'kind':'expiring','limit':5},'version':3,'at':1}");
    assertThat(cli.run("policy", "get", "a").out())
        .isEqualTo("{\"kind\":\"expiring\",\"ttl\":\"1m\",\"limit\":5}\n");
  }

  @Test
  void shouldSetAPolicyInJson() {
    server.answer(ACCEPTED);
    var ran = cli.run("policy", "set", "a", "{\"kind\":\"total\"}", "--on-change", "reset");
    assertThat(ran).isEqualTo(new Cli.Ran(0, "{\"kind\":\"total\",\"initial\":0} since 1@9\n", ""));
    assertThat(server.asked()).containsExactly("PUT /v1/namespaces/a?timeout=5s");
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
      })
  void shouldSetAPolicyByItsFields(String options, String policy) {
    server.answer(ACCEPTED);
    var ran = cli.run(("policy set a " + options).split(" "));
    assertThat(ran.err()).isEmpty();
    assertThat(server.bodies())
        .containsExactly("{\"policy\":" + policy.replace('\'', '"') + ",\"onChange\":\"keep\"}");
  }

  @Test
  void shouldGiveTheDefaultBack() {
    server.answer(ACCEPTED);
    assertThat(cli.run("policy", "reset", "a").out()).isEqualTo("the default policy since 1@9\n");
    assertThat(server.asked()).containsExactly("DELETE /v1/namespaces/a?timeout=5s");
  }

  @Test
  void shouldShowAndSetTheDefault() {
    server.answer("{'policy':{'kind':'expiring'},'version':3}").answer(ACCEPTED);
    assertThat(cli.run("policy", "default", "get", "--output=json").out())
        .isEqualTo("{\"policy\":{\"kind\":\"expiring\",\"ttl\":\"1m\"},\"version\":3}\n");
    assertThat(cli.run("policy", "default", "set", "--kind", "expiring").exitCode()).isZero();
    assertThat(server.asked()).last().asString().startsWith("PUT /v1/default-policy?");
  }

  @Test
  void shouldSayWhyAPolicyStaysAsItWas() {
    server.answer(
        422,
        "{'type':'urn:countess:problem:impossible','outcome':'impossible','at':1,"
            + "'reason':'onChange must be reset'}",
        null);
    assertThat(cli.run("policy", "set", "a", "--kind", "total"))
        .isEqualTo(new Cli.Ran(1, "", "countess: impossible: onChange must be reset\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "policy set a                          | countess: kind is missing; it must be one of",
        "policy set a --limit 5                | countess: kind is missing; with limit it may be",
        "policy set a --ttl 5s --rate 1/s      | countess: kind is missing, and there is none that",
        "policy set a --kind gauges            | countess: kind is 'gauges'; it must be one of",
        "policy set a --kind leaky             | countess: rate is missing; a leaky bucket",
        "policy set a --kind total --ttl 5s    | countess: ttl is not for the kind total",
        "policy set a --kind expiring --ttl 0s | countess: ttl is PT0S; it must be longer",
        "policy set a {} --kind total          | countess: policy is given twice, as JSON and",
        "policy set a {                        | countess: body is not JSON",
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
