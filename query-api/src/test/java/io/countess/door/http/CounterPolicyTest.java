package io.countess.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.answer.CounterPolicy;
import io.countess.answer.CounterPolicyPage;
import io.countess.answer.Cursor;
import io.countess.answer.PolicyHistory;
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
import io.countess.query.Response;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The policies and plans that counters have of their own. */
class CounterPolicyTest {
  private static final String PATH = "/v1/namespaces/api/keys/alice/policy";
  private static final String IN_BASE64 = "/v1/counter/policy?nsBase64=YXBp&keyBase64=YWxpY2U";
  private static final CounterName ALICE = CounterName.of("api", "alice");
  private static final Policy TOTAL = Policy.Total.unbounded();
  private static final String SET_TOTAL = "{\"policy\":{\"kind\":\"total\"}}";
  private static final Optional<Policy> NO_POLICY = Optional.empty();

  @RegisterExtension final Api api = new Api();

  @ParameterizedTest
  @ValueSource(strings = {PATH, IN_BASE64})
  void shouldSetAPolicyAndTagItWithItsVersion(String path) {
    var response = api.put(path, SET_TOTAL);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("ETag")).hasValue("\"17\"");
    assertThat(api.commands.taken)
        .containsExactly(
            Command.of(ALICE, new Event.ChangePolicy(Optional.of(TOTAL), OnChange.KEEP)));
  }

  @ParameterizedTest
  @ValueSource(strings = {PATH, IN_BASE64})
  void shouldGiveAPlan(String path) {
    assertThat(api.put(path, "{\"plan\":\"pro\",\"onChange\":\"reset\"}").headers().map())
        .containsEntry("ETag", List.of("\"17\""));

    assertThat(api.commands.taken)
        .containsExactly(Command.of(ALICE, Event.ChangePolicy.toPlan("pro", OnChange.RESET)));
  }

  @ParameterizedTest
  @ValueSource(strings = {PATH, IN_BASE64})
  void shouldDropWhatACounterHasAndKeepWhatItCountsUnlessTheBodySaysOtherwise(String path) {
    assertThat(api.delete(path).headers().firstValue("ETag")).isEmpty();
    assertThat(api.put(path, "{\"policy\":null,\"onChange\":\"reset\"}").headers().map())
        .doesNotContainKey("ETag");

    assertThat(api.commands.taken)
        .containsExactly(
            Command.of(ALICE, new Event.ChangePolicy(NO_POLICY, OnChange.KEEP)),
            Command.of(ALICE, new Event.ChangePolicy(NO_POLICY, OnChange.RESET)));
  }

  @Test
  void shouldNotWaitForMoreThanTheLogWhereNobodyAsksForIt() {
    var response = api.put(PATH + "?ack=logged", "{\"plan\":\"pro\"}");

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.headers().firstValue("ETag")).isEmpty();
    assertThat(api.commands.taken.get(0).ack()).isEqualTo(Command.Ack.LOGGED);
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
    api.put(PATH, SET_TOTAL, header, value);
    api.put(PATH, "{\"plan\":\"pro\"}", header, value);
    api.put(PATH, "{\"plan\":\"pro\",\"ifVersion\":" + version + "}");
    api.delete(PATH, header, value);

    var expected = OptionalLong.of(version);
    var toPro = Event.ChangePolicy.toPlan("pro", OnChange.KEEP).ifVersion(expected);
    assertThat(api.commands.taken)
        .extracting(Command::event)
        .containsExactly(
            new Event.ChangePolicy(Optional.of(TOTAL), OnChange.KEEP, expected),
            toPro,
            toPro,
            new Event.ChangePolicy(NO_POLICY, OnChange.KEEP, expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "If-Match|W/\"17\"|If-Match is W/\"17\"; it must be one version in quotes",
        "If-None-Match|\"17\"|If-None-Match can only be *, without If-Match",
        "If-Match|\"16\"|ifVersion is another version than that of the header",
        "Idempotency-Key|k|Idempotency-Key is not for policies",
      })
  void shouldRefuseHeadersThatMeanNothing(String header, String value, String detail) {
    var response = api.put(PATH, "{\"plan\":\"pro\",\"ifVersion\":17}", header, value);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Api.json(response).get("detail").asText()).startsWith(detail);
    assertThat(api.commands.taken).isEmpty();
  }

  @Test
  void shouldTellThatThePolicyIsOfAnotherVersion() {
    api.commands.respond(decided(Outcome.OUTDATED, "ifVersion is 3"));
    var response = api.put(PATH, "{\"plan\":\"pro\"}", "If-Match", "\"3\"");

    assertThat(response.statusCode()).isEqualTo(412);
    assertThat(response.headers().firstValue("ETag")).isEmpty();
  }

  @Test
  void shouldTellThatThereIsNoSuchPlan() {
    api.commands.respond(decided(Outcome.IMPOSSIBLE, "plan is 'gold'; there are no plans"));
    var response = api.put(PATH, "{\"plan\":\"gold\"}");

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.headers().firstValue("ETag")).isEmpty();
    assertThat(Api.json(response).get("detail").asText()).contains("plan is 'gold'");
  }

  private static Response decided(Outcome outcome, String reason) {
    return new Response.Decided(
        new Decision(outcome, Optional.of(reason), 7).at(Position.of(2, 18)));
  }

  @ParameterizedTest
  @ValueSource(strings = {PATH, IN_BASE64})
  void shouldShowWhatACounterCountsByAndTagItWithItsVersion(String path) {
    var own = new VersionedPolicy(TOTAL, OptionalLong.of(3));
    api.queries.find(new CounterPolicy(ALICE, own, Optional.of("pro")));

    var response = api.get(path);

    assertThat(response.body())
        .isEqualTo(
            "{\"namespace\":\"api\",\"key\":\"alice\","
                + "\"policy\":{\"kind\":\"total\",\"initial\":0},\"version\":3,\"plan\":\"pro\"}");
    assertThat(response.headers().firstValue("ETag")).hasValue("\"3\"");
    assertThat(api.queries.asked).containsExactly(new PolicyQuestion.CounterPolicyOf(ALICE));
  }

  @Test
  void shouldNotTagWhatIsThePolicyOfTheNamespace() {
    var none = new VersionedPolicy(TOTAL, OptionalLong.empty());
    api.queries.find(new CounterPolicy(ALICE, none, Optional.empty()));

    var response = api.get(PATH);

    assertThat(response.headers().firstValue("ETag")).isEmpty();
    assertThat(Api.json(response).has("version")).isFalse();
    assertThat(Api.json(response).has("plan")).isFalse();
  }

  @Test
  void shouldTellHowThePolicyOfACounterChanged() {
    api.queries.find(
        new PolicyHistory(
            Optional.of(ALICE.namespace()),
            Optional.of(ALICE.key()),
            List.of(
                new PolicyHistory.Change(9, 20, Optional.empty(), OnChange.RESET),
                toPro(8),
                new PolicyHistory.Change(3, 10, Optional.of(TOTAL), OnChange.KEEP))));

    assertThat(api.get(PATH + "/history").body())
        .isEqualTo(
            "{\"namespace\":\"api\",\"key\":\"alice\",\"history\":["
                + "{\"version\":9,\"at\":20,\"policy\":null,\"onChange\":\"reset\"},"
                + "{\"version\":8,\"at\":10,\"plan\":\"pro\",\"onChange\":\"keep\"},"
                + "{\"version\":3,\"at\":10,\"policy\":{\"kind\":\"total\",\"initial\":0},"
                + "\"onChange\":\"keep\"}]}");
    api.get("/v1/counter/policy/history?nsBase64=YXBp&keyBase64=_wA");
    assertThat(api.queries.asked)
        .containsExactly(
            new PolicyQuestion.HistoryOf(ALICE.namespace(), Optional.of(ALICE.key())),
            new PolicyQuestion.HistoryOf(
                ALICE.namespace(), Optional.of(ByteString.of(new byte[] {-1, 0}))));
  }

  private static PolicyHistory.Change toPro(long version) {
    return new PolicyHistory.Change(
        version, 10, Optional.empty(), Optional.of("pro"), OnChange.KEEP);
  }

  @Test
  void shouldListCountersThatHaveSomethingOfTheirOwn() {
    var last = ByteString.of(new byte[] {-1, 0, '/', '+'});
    api.queries.find(
        new CounterPolicyPage(
            List.of(new CounterPolicyPage.Entry(last, toPro(8))), Optional.of(Cursor.after(last))));

    var response = api.get("/v1/namespaces/api/policies?limit=1");
    String next = Api.json(response).get("next").asText();
    api.get("/v1/policies?nsBase64=YXBp&after=" + next);

    assertThat(response.body())
        .startsWith(
            "{\"policies\":[{\"keyBase64\":\"/wAvKw==\",\"version\":8,\"at\":10,"
                + "\"plan\":\"pro\",\"onChange\":\"keep\"}],\"next\":");
    assertThat(api.queries.asked)
        .containsExactly(
            new PolicyQuestion.CounterPoliciesOf(ALICE.namespace(), Optional.empty(), 1),
            new PolicyQuestion.CounterPoliciesOf(ALICE.namespace(), Optional.of(last), 100));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/namespaces/api/keys//policy|key is empty; names that are empty",
        "/v1/namespaces/api/keys//policy/history|key is empty; names that are empty",
        "/v1/counter/policy?nsBase64=YXBp&keyBase64=|key is empty; it must name a counter",
        "/v1/counter/policy?nsBase64=YXBp|keyBase64 is missing",
        "/v1/counter/policy?nsBase64=YXBp&keyBase64=*|keyBase64 is ",
        "/v1/namespaces/api/policies?limit=0|limit is 0; it must be from 1 to 1000",
        "/v1/namespaces/api/policies?limit=1001|limit is 1001; it must be from 1 to 1000",
        "/v1/namespaces/api/policies?after=x|after is 'x'; it must be what an earlier page called",
        "/v1/namespaces/api/policies?match=a|match is not a parameter here; there are after,",
        "/v1/namespaces/api/keys/alice/policy?at=1|at is not a parameter here; there are timeout",
      })
  void shouldNameTheParameterAndTheRule(String path, String detail) {
    var response = api.get(path);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Api.json(response).get("detail").asText()).startsWith(detail);
    assertThat(detail).startsWith(Api.json(response).get("field").asText());
    assertThat(api.queries.asked).isEmpty();
  }

  @Test
  void shouldNotTakeAnEmptyKeyForTheNamespace() {
    String[] paths = {
      "/v1/namespaces/api/keys//policy", "/v1/counter/policy?nsBase64=YXBp&keyBase64="
    };
    for (String path : paths) {
      assertThat(api.put(path, SET_TOTAL).statusCode()).as(path).isEqualTo(400);
      assertThat(api.delete(path).statusCode()).as(path).isEqualTo(400);
    }
    assertThat(api.commands.taken).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|policy is missing; null takes it away",
        "{\"plan\":null}|plan must be a string",
        "{\"plan\":\"\"}|plan has the name '' of 0 bytes",
        "{\"plan\":\"p\",\"policy\":{\"kind\":\"total\"}}|plan and policy are both there; give one",
        "{\"plan\":\"p\",\"ttl\":\"1s\"}|ttl is not for the op policy",
      })
  void shouldNameTheFieldAndTheRule(String body, String detail) {
    var response = api.put(PATH, body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Api.json(response).get("detail").asText()).startsWith(detail);
    assertThat(api.commands.taken).isEmpty();
  }
}
