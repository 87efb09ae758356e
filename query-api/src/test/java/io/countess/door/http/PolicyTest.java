package io.countess.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.answer.NamespaceView;
import io.countess.answer.PolicyHistory;
import io.countess.answer.Totals;
import io.countess.answer.VersionedPolicy;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Position;
import io.countess.query.Command;
import io.countess.query.PolicyQuestion;
import io.countess.query.Question;
import io.countess.query.Response;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
  private static final String PATH = "/v1/namespaces/logins";
  private static final CounterName NAME = CounterName.of("logins", "");
  private static final Policy FIVE_A_MINUTE =
      new Policy.Expiring(Duration.ofMinutes(1), OptionalLong.of(5));

  private static final Decision OUTDATED =
      new Decision(Outcome.OUTDATED, Optional.empty(), 7).at(Position.of(2, 18));

  @RegisterExtension final Api api = new Api();

  @Test
  void shouldShowANamespace() {
    api.queries.find(
        new NamespaceView(
            ByteString.utf8("logins"),
            new VersionedPolicy(FIVE_A_MINUTE, OptionalLong.of(3)),
            new Totals(9, 2, false),
            7));

    assertThat(api.get(PATH).body())
        .isEqualTo(
            "{\"namespace\":\"logins\","
                + "\"policy\":{\"kind\":\"expiring\",\"ttl\":\"1m\",\"limit\":5},"
                + "\"version\":3,\"totals\":{\"count\":9,\"keys\":2},\"at\":7}");
    assertThat(api.queries.asked)
        .containsExactly(new Question.NamespaceOf(ByteString.utf8("logins")));
  }

  @Test
  void shouldSetAPolicy() {
    var response =
        api.put(PATH, "{\"policy\":{\"kind\":\"expiring\",\"ttl\":\"60s\",\"limit\":5}}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(api.commands.taken)
        .containsExactly(
            Command.of(NAME, new Event.ChangePolicy(Optional.of(FIVE_A_MINUTE), OnChange.KEEP)));
  }

  @ParameterizedTest
  @ValueSource(strings = {PATH, "/v1/namespace?nsBase64=bG9naW5z", "/v1/default-policy"})
  void shouldTagWhatItHasSetWithItsVersion(String path) {
    api.commands.respond(new Response.Decided(FakeCommands.ACCEPTED));
    var set = api.put(path, "{\"policy\":{\"kind\":\"total\"}}");
    assertThat(set.headers().firstValue("ETag")).hasValue("\"17\"");

    api.commands.respond(new Response.Decided(OUTDATED));
    var outdated = api.put(path, "{\"policy\":{\"kind\":\"total\"}}", "If-Match", "\"3\"");
    assertThat(outdated.statusCode()).isEqualTo(412);
    assertThat(outdated.headers().firstValue("ETag")).isEmpty();

    api.commands.respond(new Response.Logged(Position.of(2, 17)));
    String logged = path + (path.contains("?") ? "&" : "?") + "ack=logged";
    assertThat(api.put(logged, "{\"policy\":{\"kind\":\"total\"}}").headers().firstValue("ETag"))
        .isEmpty();
  }

  @Test
  void shouldNotTagANamespaceThatHasNoPolicyOfItsOwnAnyMore() {
    api.commands.respond(new Response.Decided(FakeCommands.ACCEPTED));

    assertThat(api.put(PATH, "{\"policy\":null}").headers().firstValue("ETag")).isEmpty();
    assertThat(api.delete(PATH).headers().firstValue("ETag")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'',''", "_wA,ff00", "%2F%2F8%3D,ffff", "bG9naW5z,6c6f67696e73"})
  void shouldTakeNamesThatNoPathCanHoldInBase64(String base64, String hex) {
    String path = "/v1/namespace?nsBase64=" + base64;
    var namespace = ByteString.of(HexFormat.of().parseHex(hex));
    var name = CounterName.policyOf(namespace);
    api.queries.find(
        new NamespaceView(
            namespace, new VersionedPolicy(FIVE_A_MINUTE, OptionalLong.empty()), Totals.ZERO, 7));

    assertThat(api.get(path).statusCode()).isEqualTo(200);
    assertThat(api.put(path, "{\"policy\":{\"kind\":\"total\"}}").statusCode()).isEqualTo(200);
    assertThat(api.delete(path).statusCode()).isEqualTo(200);

    assertThat(api.queries.asked).containsExactly(new Question.NamespaceOf(namespace));
    assertThat(api.commands.taken)
        .containsExactly(
            Command.of(
                name, new Event.ChangePolicy(Optional.of(Policy.Total.unbounded()), OnChange.KEEP)),
            Command.of(name, new Event.ChangePolicy(Optional.empty(), OnChange.RESET)));
  }

  @Test
  void shouldMissTheNameWhereNeitherThePathNorAParameterHoldsIt() {
    var response = api.get("/v1/namespace");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Api.json(response).get("field").asText()).isEqualTo("nsBase64");
  }

  @Test
  void shouldTagANamespaceWithTheVersionOfItsPolicy() {
    api.queries.find(
        new NamespaceView(
            ByteString.utf8("logins"),
            new VersionedPolicy(FIVE_A_MINUTE, OptionalLong.of(3)),
            Totals.ZERO,
            7));
    assertThat(api.get(PATH).headers().firstValue("ETag")).hasValue("\"3\"");

    api.queries.find(
        new NamespaceView(
            ByteString.utf8("logins"),
            new VersionedPolicy(FIVE_A_MINUTE, OptionalLong.empty()),
            Totals.ZERO,
            7));
    assertThat(api.get(PATH).headers().firstValue("ETag")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "If-Match|\"17\"|17",
        "If-Match|17|17",
        "If-Match|*|-2",
        "If-None-Match|*|-1",
      })
  void shouldChangeOnlyTheVersionThatIsExpected(String header, String value, long version) {
    api.put(PATH, "{\"policy\":{\"kind\":\"total\"}}", header, value);
    api.put(PATH, "{\"policy\":{\"kind\":\"total\"},\"ifVersion\":" + version + "}");
    api.put(PATH, "{\"policy\":{\"kind\":\"total\"},\"ifVersion\":" + version + "}", header, value);
    api.delete(PATH, header, value);

    var expected = OptionalLong.of(version);
    var set =
        new Event.ChangePolicy(Optional.of(Policy.Total.unbounded()), OnChange.KEEP, expected);
    var drop = new Event.ChangePolicy(Optional.empty(), OnChange.RESET, expected);
    assertThat(api.commands.taken).extracting(Command::event).containsExactly(set, set, set, drop);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "If-Match|W/\"17\"|If-Match|is W/\"17\"; it must be one version in quotes, as \"17\", or \"-1\" for none, or * for any",
        "If-Match|\"17\", \"18\"|If-Match|is \"17\", \"18\"; it must be one version in quotes, as \"17\", or \"-1\" for none, or * for any",
        "If-Match|*|ifVersion|is another version than that of the header",
        "If-Match|\"16\"|ifVersion|is another version than that of the header",
        "If-None-Match|\"17\"|If-None-Match|can only be *, without If-Match: there is no policy yet",
        "Idempotency-Key|k|Idempotency-Key|is not for policies; If-Match keeps two from being mixed up",
      })
  void shouldRefuseHeadersThatMeanNothing(String header, String value, String field, String rule) {
    var response =
        api.put(PATH, "{\"policy\":{\"kind\":\"total\"},\"ifVersion\":17}", header, value);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Api.json(response).get("field").asText()).isEqualTo(field);
    assertThat(Api.json(response).get("detail").asText()).isEqualTo(field + " " + rule);
    assertThat(api.commands.taken).isEmpty();
  }

  @Test
  void shouldNotTakeBothConditionsAtOnce() {
    var response = api.put(PATH, "{\"policy\":null}", "If-Match", "\"17\"", "If-None-Match", "*");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Api.json(response).get("field").asText()).isEqualTo("If-None-Match");
  }

  @Test
  void shouldTellHowAPolicyChanged() {
    var logins = ByteString.utf8("logins");
    api.queries.find(
        new PolicyHistory(
            Optional.of(logins),
            List.of(
                new PolicyHistory.Change(9, 20, Optional.empty(), OnChange.RESET),
                new PolicyHistory.Change(3, 10, Optional.of(FIVE_A_MINUTE), OnChange.KEEP))));

    assertThat(api.get(PATH + "/policy/history").body())
        .isEqualTo(
            "{\"namespace\":\"logins\",\"history\":["
                + "{\"version\":9,\"at\":20,\"policy\":null,\"onChange\":\"reset\"},"
                + "{\"version\":3,\"at\":10,"
                + "\"policy\":{\"kind\":\"expiring\",\"ttl\":\"1m\",\"limit\":5},"
                + "\"onChange\":\"keep\"}]}");
    api.get("/v1/policy/history?nsBase64=_wA");
    assertThat(api.queries.asked)
        .containsExactly(
            new PolicyQuestion.HistoryOf(logins),
            new PolicyQuestion.HistoryOf(ByteString.of(new byte[] {-1, 0})));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'kind':'window','period':'day','zone':'Europe/Berlin','limit':5}",
        "{'kind':'window','period':'15m','min':-5,'maxDelta':2}",
        "{'kind':'gauge','description':'°C','min':-40.0,'max':60.5}",
        "{'kind':'expiring','ttl':'1m','mode':'observe','dedupe':'1h'}",
      })
  void shouldTakeEveryKindAndShowItAsItCame(String policy) {
    String json = policy.replace('\'', '"');
    assertThat(api.put(PATH, "{\"policy\":" + json + "}").statusCode()).isEqualTo(200);

    var change = (Event.ChangePolicy) api.commands.taken.get(0).event();
    api.queries.find(new VersionedPolicy(change.policy().get(), OptionalLong.empty()));
    assertThat(api.get("/v1/default-policy").body()).isEqualTo("{\"policy\":" + json + "}");
  }

  @Test
  void shouldSetAPolicyAndStartAgain() {
    api.put(PATH, "{\"policy\":{\"kind\":\"total\"},\"onChange\":\"reset\"}");

    assertThat(api.commands.taken)
        .containsExactly(
            Command.of(
                NAME,
                new Event.ChangePolicy(Optional.of(Policy.Total.unbounded()), OnChange.RESET)));
  }

  @Test
  void shouldGoBackToTheDefaultPolicy() {
    api.put(PATH, "{\"policy\":null}");
    api.delete(PATH);

    assertThat(api.commands.taken)
        .containsExactly(
            Command.of(NAME, new Event.ChangePolicy(Optional.empty(), OnChange.KEEP)),
            Command.of(NAME, new Event.ChangePolicy(Optional.empty(), OnChange.RESET)));
  }

  @Test
  void shouldShowAndSetTheDefaultPolicy() {
    api.queries.find(new VersionedPolicy(Policy.DEFAULT, OptionalLong.empty()));

    assertThat(api.get("/v1/default-policy").body())
        .isEqualTo("{\"policy\":{\"kind\":\"expiring\",\"ttl\":\"1m\"}}");
    api.put("/v1/default-policy", "{\"policy\":{\"kind\":\"expiring\",\"ttl\":\"1m\"}}");

    assertThat(api.queries.asked).containsExactly(new PolicyQuestion.DefaultPolicy());
    assertThat(api.commands.taken)
        .containsExactly(
            Command.of(
                CounterName.of("", ""), new Event.ChangeDefaults(Policy.DEFAULT, OnChange.KEEP)));
  }

  @Test
  void shouldTagTheDefaultPolicyAndTellHowItChanged() {
    api.queries.find(new VersionedPolicy(FIVE_A_MINUTE, OptionalLong.of(3)));
    assertThat(api.get("/v1/default-policy").headers().firstValue("ETag")).hasValue("\"3\"");

    var change = new PolicyHistory.Change(3, 10, Optional.of(FIVE_A_MINUTE), OnChange.KEEP);
    api.queries.find(new PolicyHistory(Optional.empty(), List.of(change)));
    assertThat(api.get("/v1/default-policy/history").body())
        .isEqualTo(
            "{\"history\":[{\"version\":3,\"at\":10,"
                + "\"policy\":{\"kind\":\"expiring\",\"ttl\":\"1m\",\"limit\":5},"
                + "\"onChange\":\"keep\"}]}");
    assertThat(api.queries.asked)
        .containsExactly(
            new PolicyQuestion.DefaultPolicy(), new PolicyQuestion.HistoryOfDefaults());
  }

  @ParameterizedTest
  @CsvSource({"If-Match,\"17\",17", "If-Match,*,-2", "If-None-Match,*,-1"})
  void shouldChangeOnlyTheDefaultPolicyThatIsExpected(String header, String value, long version) {
    api.put("/v1/default-policy", "{\"policy\":{\"kind\":\"total\"}}", header, value);

    var expected =
        new Event.ChangeDefaults(Policy.Total.unbounded(), OnChange.KEEP, OptionalLong.of(version));
    assertThat(api.commands.taken).extracting(Command::event).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|policy is missing; null takes it away",
        "{}|policy is missing; null takes it away",
        "{\"kind\":\"total\"}|kind is not a field here; there are ifVersion, onChange, plan, policy",
        "{\"policy\":{}}|kind is missing; it must be one of expiring, leaky, window, total, gauge, value and limits",
        "{\"policy\":{\"kind\":\"odd\"}}|kind is 'odd'; it must be one of expiring, leaky, window, total, gauge, value and limits",
        "{\"policy\":{\"kind\":\"leaky\"}}|rate is missing; a leaky bucket needs one, as 10/s",
        "{\"policy\":{\"kind\":\"leaky\",\"rate\":\"10\"}}|rate is '10'; it must be a rate",
        "{\"policy\":{\"kind\":\"total\",\"ttl\":\"1s\"}}|ttl is not for the kind total",
        "{\"policy\":{\"kind\":\"expiring\",\"ttl\":\"0s\"}}|ttl is '0s'; it must be longer",
        "{\"policy\":{\"kind\":\"expiring\",\"limit\":-1}}|limit is -1; it must not be negative",
        "{\"policy\":{\"kind\":\"total\"},\"onChange\":\"drop\"}|onChange is 'drop'; it must be",
        "{\"policy\":{\"kind\":\"total\"},\"at\":1}|at is not a field here",
        "{\"policy\":[]}|policy must be a JSON object",
      })
  void shouldNameTheFieldAndTheRule(String body, String detail) {
    var response = api.put(PATH, body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Api.json(response).get("detail").asText()).startsWith(detail);
    assertThat(detail).startsWith(Api.json(response).get("field").asText());
    assertThat(api.commands.taken).isEmpty();
  }

  @Test
  void shouldNotTakeNullForADefaultPolicy() {
    var response = api.put("/v1/default-policy", "{\"policy\":null}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Api.json(response).get("detail").asText())
        .isEqualTo(
            "policy is null; there is always a default policy: give the one that is to be, as"
                + " {\"kind\":\"expiring\",\"ttl\":\"60s\"}");
  }
}
