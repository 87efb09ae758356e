package io.countess.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.answer.Answer;
import io.countess.event.Decision;
import io.countess.event.Outcome;
import io.countess.event.Position;
import io.countess.query.Response;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which status means what. */
class OutcomeTest {
  private static final String PATH = "/v1/namespaces/logins/keys/alice";

  @RegisterExtension final Api api = new Api();

  @Test
  void shouldAnswerALatePutWith200() {
    api.commands.respond(decided(Outcome.LATE, OptionalLong.empty()));

    var response = api.post(PATH, "");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(Api.json(response).get("outcome").asText()).isEqualTo("late");
  }

  @Test
  void shouldAnswerARefusedPutWith429AndWhenToTryAgain() {
    api.commands.respond(decided(Outcome.REFUSED, OptionalLong.of(1001)));

    var response = api.post(PATH, "");

    assertProblem(response, 429, "refused");
    assertThat(response.headers().firstValue("Retry-After")).hasValue("2");
    assertThat(response.headers().firstValue("Countess-Position")).hasValue("2@17");
    var problem = Api.json(response);
    assertThat(problem.get("detail").asText()).isEqualTo("count would be 6; the limit is 5");
    assertThat(problem.get("outcome").asText()).isEqualTo("refused");
    assertThat(problem.get("count").asLong()).isEqualTo(5);
    assertThat(problem.get("limit").asLong()).isEqualTo(5);
    assertThat(problem.get("remaining").asLong()).isZero();
    assertThat(problem.get("retryAfterMillis").asLong()).isEqualTo(1001);
    assertThat(problem.get("position").asText()).isEqualTo("2@17");
  }

  @Test
  void shouldNotAskToTryAgainWhereWaitingDoesNotHelp() {
    api.commands.respond(decided(Outcome.REFUSED, OptionalLong.empty()));

    var response = api.post(PATH, "");

    assertProblem(response, 429, "refused");
    assertThat(response.headers().firstValue("Retry-After")).isEmpty();
  }

  @Test
  void shouldAnswerWhatCanNeverBeWith422() {
    api.commands.respond(decided(Outcome.IMPOSSIBLE, OptionalLong.empty()));

    assertProblem(api.post(PATH, ""), 422, "impossible");
  }

  @Test
  void shouldAnswerAnotherUseOfAnIdWith409() {
    api.commands.respond(decided(Outcome.CONFLICT, OptionalLong.empty()));

    var response = api.post(PATH, "", "Idempotency-Key", "order-1");

    assertProblem(response, 409, "conflict");
    assertThat(Api.json(response).get("outcome").asText()).isEqualTo("conflict");
    assertThat(response.headers().firstValue("Retry-After")).isEmpty();
  }

  @Test
  void shouldAnswerAVersionThatIsNotInForceWith412() {
    api.commands.respond(decided(Outcome.OUTDATED, OptionalLong.empty()));

    var response = api.put("/v1/namespaces/logins", "{\"policy\":null}", "If-Match", "\"3\"");

    assertProblem(response, 412, "outdated");
    assertThat(Api.json(response).get("outcome").asText()).isEqualTo("outdated");
  }

  @Test
  void shouldAnswerWhatTheLogForbidsWith400() {
    api.commands.respond(new Response.Invalid("at", "is too far in the future"));

    var response = api.post(PATH, "");

    assertProblem(response, 400, "invalid-field");
    assertThat(Api.json(response).get("field").asText()).isEqualTo("at");
    assertThat(Api.json(response).get("detail").asText()).isEqualTo("at is too far in the future");
  }

  @Test
  void shouldAnswerWhatWasNotSentWith503() {
    api.commands.respond(new Response.NotSent("the log is full", Duration.ofMillis(10)));

    var response = api.post(PATH, "");

    assertProblem(response, 503, "not-sent");
    assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
  }

  @Test
  void shouldNameTheOwnerOfAPartitionThatIsElsewhere() {
    api.commands.respond(new Response.Elsewhere(3, "host-b:8080"));
    api.queries.answer(new Answer.Elsewhere<>(3, "host-b:8080"));

    for (var response : List.of(api.post(PATH, ""), api.get(PATH))) {
      assertProblem(response, 503, "elsewhere");
      assertThat(Api.json(response).get("partition").asInt()).isEqualTo(3);
      assertThat(Api.json(response).get("owner").asText()).isEqualTo("host-b:8080");
      assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
    }
  }

  @Test
  void shouldSayWhatIsSafeWhenTheFateIsUnknown() {
    api.commands.respond(new Response.FateUnknown("no decision within 5s"));

    var response = api.post(PATH, "");

    assertProblem(response, 504, "fate-unknown");
    assertThat(Api.json(response).get("detail").asText())
        .isEqualTo(
            "no decision within 5s: it may or may not be in the log."
                + " Sending it again is safe with an id, and only with one");
  }

  @Test
  void shouldNameThePartitionsThatHaveNotConfirmedAPolicy() {
    var decision = FakeCommands.ACCEPTED;
    api.commands.respond(new Response.Unconfirmed(decision, new TreeSet<>(Set.of(0, 3))));

    var response = api.put("/v1/namespaces/logins", "{\"policy\":{\"kind\":\"total\"}}");

    assertProblem(response, 504, "unconfirmed");
    assertThat(Api.json(response).get("partitions").toString()).isEqualTo("[0,3]");
    assertThat(Api.json(response).get("outcome").asText()).isEqualTo("accepted");
    assertThat(Api.json(response).get("detail").asText())
        .isEqualTo(
            "the change is in the log and in force in its home partition, but it was not confirmed"
                + " in time by [0, 3]. They apply it when they come to it; sending it again is safe");
    assertThat(response.headers().firstValue("Countess-Position"))
        .isEqualTo(decision.position().map(Position::toString));
  }

  @Test
  void shouldAnswerAQuestionThatBreaksARuleWith400() {
    api.queries.answer(new Answer.Invalid<>("at", "is before the counter's last instant"));

    assertProblem(api.get(PATH), 400, "invalid-field");
  }

  @Test
  void shouldAnswerWhatIsNotReadyWith503() {
    api.queries.answer(new Answer.NotReady<>("restoring", Duration.ofSeconds(3)));

    var response = api.get(PATH);

    assertProblem(response, 503, "not-ready");
    assertThat(response.headers().firstValue("Retry-After")).hasValue("3");
  }

  @Test
  void shouldSayHowFarAStateIsThatIsBehind() {
    api.queries.answer(new Answer.Behind<>(Position.of(1, 9), Position.of(1, 7)));

    var response = api.get(PATH, "Countess-Position", "1@9");

    assertProblem(response, 504, "behind");
    assertThat(response.headers().firstValue("Countess-Position")).hasValue("1@7");
    assertThat(Api.json(response).get("demanded").asText()).isEqualTo("1@9");
  }

  @Test
  void shouldTellNothingOfWhatBrokeInside() {
    api.commands.respondBy(
        command -> CompletableFuture.failedFuture(new IllegalStateException("secret")));
    api.queries.findBy(
        question -> {
          throw new IllegalStateException("secret");
        });

    var put = api.post(PATH, "");
    var get = api.get(PATH);

    assertProblem(put, 500, "internal");
    assertProblem(get, 500, "internal");
    assertThat(put.body() + get.body()).doesNotContain("secret", "Exception");
  }

  private static Response decided(Outcome outcome, OptionalLong retryAfterMillis) {
    return new Response.Decided(
        new Decision(outcome, Optional.of("count would be 6; the limit is 5"), 1_700_000_000_000L)
            .counting(OptionalLong.of(5), OptionalLong.of(5))
            .retryAfter(retryAfterMillis)
            .at(Position.of(2, 17)));
  }

  private static void assertProblem(HttpResponse<String> response, int status, String type) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(Api.json(response).get("type").asText()).isEqualTo("urn:countess:problem:" + type);
    assertThat(Api.json(response).get("status").asInt()).isEqualTo(status);
    assertThat(Api.json(response).get("title").asText()).isNotBlank();
  }
}
