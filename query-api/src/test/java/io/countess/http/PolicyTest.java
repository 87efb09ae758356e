package io.countess.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import io.countess.query.Command;
import io.countess.query.NamespaceView;
import io.countess.query.Question;
import io.countess.query.Totals;
import io.countess.query.VersionedPolicy;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
  private static final String PATH = "/v1/namespaces/logins";
  private static final CounterName NAME = CounterName.of("logins", "");
  private static final Policy FIVE_A_MINUTE =
      new Policy.Expiring(Duration.ofMinutes(1), OptionalLong.of(5));

  @RegisterExtension final Api api = new Api();

  @Test
  void shouldShowANamespace() {
    api.queries.find(
        new NamespaceView(
            ByteString.utf8("logins"),
            FIVE_A_MINUTE,
            OptionalLong.of(3),
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
  @CsvSource({"'',''", "_wA,ff00", "%2F%2F8%3D,ffff", "bG9naW5z,6c6f67696e73"})
  void shouldTakeNamesThatNoPathCanHoldInBase64(String base64, String hex) {
    String path = "/v1/namespace?nsBase64=" + base64;
    var namespace = ByteString.of(HexFormat.of().parseHex(hex));
    var name = CounterName.policyOf(namespace);
    api.queries.find(
        new NamespaceView(namespace, FIVE_A_MINUTE, OptionalLong.empty(), Totals.ZERO, 7));

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

    assertThat(api.queries.asked).containsExactly(new Question.DefaultPolicy());
    assertThat(api.commands.taken)
        .containsExactly(
            Command.of(
                CounterName.of("", ""), new Event.ChangeDefaults(Policy.DEFAULT, OnChange.KEEP)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|policy is missing; null brings back the default policy",
        "{}|policy is missing; null brings back the default policy",
        "{\"kind\":\"total\"}|kind is not a field here; there are ifVersion, onChange, policy",
        "{\"policy\":{}}|kind is missing; it must be one of expiring, leaky, window, total and gauge",
        "{\"policy\":{\"kind\":\"odd\"}}|kind is 'odd'; it must be one of expiring, leaky, window, total and gauge",
        "{\"policy\":{\"kind\":\"leaky\"}}|rate is missing; a leaky bucket needs one, as 10/s",
        "{\"policy\":{\"kind\":\"leaky\",\"rate\":\"10\"}}|rate is '10'; it must be a rate",
        "{\"policy\":{\"kind\":\"total\",\"ttl\":\"1s\"}}|ttl is not for the kind total",
        "{\"policy\":{\"kind\":\"expiring\",\"ttl\":\"0s\"}}|ttl is PT0S; it must be longer",
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
    assertThat(api.put("/v1/default-policy", "{\"policy\":null}").statusCode()).isEqualTo(400);
  }
}
