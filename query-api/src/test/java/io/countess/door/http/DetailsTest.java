package io.countess.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Decision.Details;
import io.countess.event.Decision.GaugeValue;
import io.countess.event.Outcome;
import io.countess.event.Position;
import io.countess.query.Response;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What only some decisions have, and how it is told. */
class DetailsTest {
  private static final String PATH = "/v1/namespaces/logins/keys/alice";
  private static final OptionalLong NONE = OptionalLong.empty();

  @RegisterExtension final Api api = new Api();

  @Test
  void shouldMarkAReplay() {
    respond(FakeCommands.ACCEPTED.with(Details.NONE.asReplayed()));

    var response = api.post(PATH, "", "Idempotency-Key", "order-1");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Countess-Position")).hasValue("2@17");
    assertThat(response.body()).endsWith("\"position\":\"2@17\",\"replayed\":true}");
  }

  @Test
  void shouldAcceptAndMarkWhatIsOnlyObserved() {
    var observed =
        new Decision(Outcome.ACCEPTED, Optional.of("the limit of 5 is reached"), 7)
            .counting(OptionalLong.of(6), OptionalLong.of(5))
            .at(Position.of(2, 17))
            .with(new Details(false, true, NONE, Optional.empty(), List.of()));
    respond(observed);

    var response = api.post(PATH, "");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("RateLimit")).hasValue("\"limit\";r=0");
    assertThat(response.body())
        .isEqualTo(
            "{\"outcome\":\"accepted\",\"reason\":\"the limit of 5 is reached\",\"count\":6,"
                + "\"limit\":5,\"remaining\":0,\"at\":7,\"position\":\"2@17\",\"wouldRefuse\":true}");
  }

  @Test
  void shouldTellHowMuchWasReleased() {
    respond(
        FakeCommands.ACCEPTED.with(
            new Details(false, false, OptionalLong.of(2), Optional.empty(), List.of())));

    var response = api.post(PATH + "/release", "{\"of\":\"order-1\"}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(Api.json(response).get("released").asLong()).isEqualTo(2);
  }

  @Test
  void shouldTellAGaugeByItsFraction() {
    var accepted = new Decision(Outcome.ACCEPTED, Optional.empty(), 7);
    respond(accepted.with(Details.of(new GaugeValue(21, OptionalDouble.empty()))));

    assertThat(api.put(PATH, "{\"value\":21}").body())
        .isEqualTo("{\"outcome\":\"accepted\",\"count\":21.0,\"at\":7}");
  }

  @Test
  void shouldTellWhatAClaimLedToInEachCounter() {
    respond(claimed(Outcome.ACCEPTED, NONE));

    var response = api.post("/v1/claims", "{\"counters\":[{\"namespace\":\"a\",\"key\":\"b\"}]}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("RateLimit")).isEmpty();
    assertThat(response.body())
        .isEqualTo(
            "{\"outcome\":\"accepted\",\"at\":7,\"position\":\"2@18\",\"parts\":["
                + "{\"namespace\":\"seats\",\"key\":\"{7}\",\"outcome\":\"accepted\",\"count\":3,"
                + "\"limit\":5,\"remaining\":2,\"at\":1700000000000,\"position\":\"2@17\"}]}");
  }

  @Test
  void shouldAnswerARefusedClaimWithAllOfItsParts() {
    respond(claimed(Outcome.REFUSED, OptionalLong.of(1500)));

    var response = api.post("/v1/claims", "{\"counters\":[{\"namespace\":\"a\",\"key\":\"b\"}]}");

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.headers().firstValue("Retry-After")).hasValue("2");
    assertThat(Api.json(response).at("/parts/0/key").asText()).isEqualTo("{7}");
  }

  @Test
  void shouldTellWhatABatchLedTo() {
    respond(claimed(Outcome.ACCEPTED, NONE));

    String body = "{\"events\":[{\"namespace\":\"a\",\"key\":\"b\"},{\"key\":\"c\"}]}";
    assertThat(api.post("/v1/batches", body).body()).contains("events[1].namespace is missing");
    var apart = api.post("/v1/batches", body.replace("{\"key", "{\"namespace\":\"a\",\"key"));
    assertThat(apart.statusCode()).isEqualTo(400);
    assertThat(apart.body()).contains("hash tag");
    var done = api.post("/v1/batches", "{\"events\":[{\"namespace\":\"a\",\"key\":\"b\"}]}");
    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(Api.json(done).at("/parts/0/key").asText()).isEqualTo("{7}");
  }

  private static Decision claimed(Outcome outcome, OptionalLong retryAfterMillis) {
    var part = new Decision.Part(CounterName.of("seats", "{7}"), FakeCommands.ACCEPTED);
    return new Decision(outcome, Optional.empty(), 7)
        .retryAfter(retryAfterMillis)
        .at(Position.of(2, 18))
        .with(new Details(false, false, NONE, Optional.empty(), List.of(part)));
  }

  private void respond(Decision decision) {
    api.commands.respond(new Response.Decided(decision));
  }
}
