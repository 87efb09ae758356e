package io.countess.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.Position;
import io.countess.query.Command;
import io.countess.query.Command.Ack;
import io.countess.query.Response;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeTest {
  private static final CounterName ALICE = CounterName.of("logins", "alice");
  private static final String PATH = "/v1/namespaces/logins/keys/alice";

  @RegisterExtension final Api api = new Api();

  @Test
  void shouldPutOneWithoutABody() {
    var response = api.send(api.request(PATH).POST(BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Countess-Position")).hasValue("2@17");
    assertThat(response.body())
        .isEqualTo(
            "{\"outcome\":\"accepted\",\"count\":3,\"limit\":5,\"remaining\":2,"
                + "\"at\":1700000000000,\"position\":\"2@17\"}");
    assertThat(api.commands.taken).containsExactly(Command.of(ALICE, Event.Put.ONE));
  }

  @Test
  void shouldPutWhatTheBodySays() {
    api.post(PATH + "?timeout=2s", "{\"n\":4,\"ttl\":\"30s\",\"at\":1700000000000}");

    var put = new Event.Put(4, Optional.of(Duration.ofSeconds(30)));
    assertThat(api.commands.taken)
        .containsExactly(
            new Command(
                ALICE,
                put,
                OptionalLong.of(1_700_000_000_000L),
                Ack.APPLIED,
                Duration.ofSeconds(2)));
  }

  @Test
  void shouldSetAndReset() {
    api.put(PATH, "{\"value\":-7,\"if\":\"absent\"}");
    api.delete(PATH);

    assertThat(api.commands.taken)
        .containsExactly(
            Command.of(ALICE, new Event.SetValue(-7, true)), Command.of(ALICE, new Event.Reset()));
  }

  @Test
  void shouldTakeTheSameVerbsForNamesOfAnyBytes() {
    var name =
        new CounterName(ByteString.of(new byte[] {-5, -17}), ByteString.of(new byte[] {0, -1}));
    String path = "/v1/counter?nsBase64=%2B%2B8%3D&keyBase64=AP8";

    api.post(path, "");
    api.put(path.replace("%2B%2B8%3D", "--8"), "{\"value\":1}");
    api.delete(path.replace("%2B%2B8%3D", "++8="));

    assertThat(api.commands.taken)
        .containsExactly(
            Command.of(name, Event.Put.ONE),
            Command.of(name, new Event.SetValue(1, false)),
            Command.of(name, new Event.Reset()));
  }

  @Test
  void shouldAnswerAPositionWhereLoggedIsEnough() {
    api.commands.respond(new Response.Logged(Position.of(1, 9)));

    var response = api.post(PATH + "?ack=logged", "");

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.headers().firstValue("Countess-Position")).hasValue("1@9");
    assertThat(response.body()).isEqualTo("{\"outcome\":\"logged\",\"position\":\"1@9\"}");
    assertThat(api.commands.taken.get(0).ack()).isEqualTo(Ack.LOGGED);
  }

  @Test
  void shouldAnswerWhenTheDecisionComesLater() {
    var later = new CompletableFuture<Response>();
    api.commands.respondBy(command -> later);
    var response = CompletableFuture.supplyAsync(() -> api.post(PATH, ""));

    later.completeOnTimeout(new Response.Decided(FakeCommands.ACCEPTED), 50, TimeUnit.MILLISECONDS);

    assertThat(response.join().statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n=1|body is not JSON",
        "{\"n\":1}{}|body has something after the JSON object",
        "{\"n\":1|body is not JSON",
        "[1]|body must be a JSON object",
        "{\"n\":\"1\"}|n must be a number",
        "{\"n\":1e999}|n is Infinity; it must be a finite number",
        "{\"ttl\":\"0s\"}|ttl is '0s'; it must be longer than zero",
        "{\"ttl\":\"401d\"}|ttl is 401d; it may be at most 400d",
        "{\"ttl\":60}|ttl must be a string",
        "{\"amount\":1}|amount is not a field here; there are at, id, n, policy, ttl",
        "{\"op\":\"reset\"}|op is not a field here; there are at, id, n, policy, ttl",
        "{\"n\":1,\"n\":2}|n is given twice",
        "{\"n\":NaN}|n is NaN; it must be a finite number",
        "{\"n\":-Infinity}|n is -Infinity; it must be a finite number",
        "{\"n\":+1}|body is not JSON near '{\"n\":+1}'",
      })
  void shouldNameTheFieldAndTheRule(String body, String detail) {
    var response = api.post(PATH, body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(Api.json(response).get("detail").asText()).startsWith(detail);
    assertThat(detail).startsWith(Api.json(response).get("field").asText());
    assertThat(api.commands.taken).isEmpty();
  }

  @Test
  void shouldRefuseABodyThatIsTooLarge() {
    String body = "{\"n\":1" + " ".repeat(65_536) + "}";
    var chunked =
        BodyPublishers.ofInputStream(
            () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));

    assertThat(api.post(PATH, body).statusCode()).isEqualTo(413);
    assertThat(api.send(api.request(PATH).POST(chunked)).statusCode()).isEqualTo(413);
    assertThat(Api.json(api.post(PATH, body)).get("type").asText())
        .isEqualTo("urn:countess:problem:too-large");
  }

  @Test
  void shouldRefuseWhatAResetCannotMean() {
    var response = api.send(api.request(PATH).method("DELETE", BodyPublishers.ofString("{}")));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Api.json(response).get("detail").asText()).isEqualTo("body is not for this request");
  }

  @ParameterizedTest
  @CsvSource({"ack=maybe,ack", "nsBase64=YQ,nsBase64", "timeout=2h,timeout", "ack,ack"})
  void shouldRefuseParametersThatMeanNothing(String query, String field) {
    var response = api.post(PATH + "?" + query, "");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Api.json(response).get("field").asText()).isEqualTo(field);
  }

  @ParameterizedTest
  @CsvSource({
    "keyBase64=YQ,nsBase64 is missing",
    "nsBase64=YQ,keyBase64 is missing",
    "nsBase64=YQ&keyBase64=*,'keyBase64 is ''*'', which is not Base64'",
  })
  void shouldRefuseNamesThatAreNotThere(String query, String detail) {
    var response = api.post("/v1/counter?" + query, "");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Api.json(response).get("detail").asText()).isEqualTo(detail);
  }
}
