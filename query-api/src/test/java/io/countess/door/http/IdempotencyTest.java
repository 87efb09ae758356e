package io.countess.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Amount;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.Event.Claim;
import io.countess.event.Position;
import io.countess.query.Command;
import io.countess.query.Response;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids of commands, in headers and bodies, and what they are for: releases and claims. */
class IdempotencyTest {
  private static final CounterName ALICE = CounterName.of("logins", "alice");
  private static final String PATH = "/v1/namespaces/logins/keys/alice";
  private static final String KEY = "Idempotency-Key";
  private static final Optional<String> ID = Optional.of("order-1");

  @RegisterExtension final Api api = new Api();

  @ParameterizedTest
  @ValueSource(strings = {"order-1", "\"order-1\""})
  void shouldTakeTheIdOfEveryCommandFromItsHeader(String header) {
    api.post(PATH, "", KEY, header);
    api.post(PATH, "{\"n\":0.5}", KEY, header);
    api.put(PATH, "{\"value\":5}", KEY, header);
    api.put(PATH, "{\"value\":5.5,\"if\":\"absent\"}", KEY, header);
    api.delete(PATH, KEY, header);
    api.post(PATH + "/release", "{\"of\":\"order-0\",\"n\":2}", KEY, header);

    assertThat(api.commands.taken)
        .containsExactly(
            Command.of(ALICE, new Event.Put(1, Optional.empty(), ID)),
            Command.of(ALICE, new Event.Put(Amount.of(0.5), Optional.empty(), ID)),
            Command.of(ALICE, new Event.SetValue(5, false, ID)),
            Command.of(ALICE, new Event.SetValue(Amount.of(5.5), true, ID)),
            Command.of(ALICE, new Event.Reset(ID)),
            Command.of(ALICE, new Event.Release("order-0", OptionalLong.of(2), ID)));
  }

  @Test
  void shouldTakeTheIdFromTheBodyToo() {
    api.post(PATH, "{\"id\":\"order-1\"}");
    api.post(PATH, "{\"id\":\"order-1\"}", KEY, "order-1");

    assertThat(api.commands.taken)
        .hasSize(2)
        .allMatch(Command.of(ALICE, new Event.Put(1, Optional.empty(), ID))::equals);
  }

  @Test
  void shouldTakeAsMuchAsAnIdMayHold() {
    assertThat(api.post(PATH, "", KEY, "x".repeat(128)).statusCode()).isEqualTo(200);
    assertThat(api.post(PATH, "{\"id\":\"" + "é".repeat(64) + "\"}").statusCode()).isEqualTo(200);

    var tooLong = api.post(PATH, "", KEY, "x".repeat(129));
    assertInvalid(tooLong.body(), KEY, "takes 129 bytes of UTF-8; it must take 1 to 128");
    var tooMany = api.post(PATH, "{\"id\":\"" + "é".repeat(65) + "\"}");
    assertInvalid(tooMany.body(), "id", "takes 130 bytes of UTF-8; it must take 1 to 128");
    assertThat(api.commands.taken).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"\""})
  void shouldRefuseAnEmptyId(String header) {
    var response = api.post(PATH, "", KEY, header);

    assertInvalid(response.body(), KEY, "takes 0 bytes of UTF-8; it must take 1 to 128");
    assertThat(api.commands.taken).isEmpty();
  }

  @Test
  void shouldRefuseTwoIds() {
    var both = api.post(PATH, "{\"id\":\"order-2\"}", KEY, "order-1");
    var twice = api.post(PATH, "", KEY, "order-1", KEY, "order-2");

    assertInvalid(both.body(), "id", "is 'order-2', and Idempotency-Key 'order-1'");
    assertInvalid(twice.body(), KEY, "is given twice");
    assertThat(api.commands.taken).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"If-Match,\"17\"", "If-None-Match,*"})
  void shouldRefuseVersionsOfCounters(String header, String value) {
    var response = api.post(PATH, "", header, value);

    assertInvalid(response.body(), header, "is for policies only");
    assertThat(api.commands.taken).isEmpty();
  }

  @Test
  void shouldRefuseTheIdOfADefaultPolicy() {
    var body = "{\"policy\":{\"kind\":\"expiring\"}}";

    assertInvalid(
        api.put("/v1/default-policy", body, KEY, "order-1").body(),
        KEY,
        "is not for policies; If-Match keeps two from being mixed up");
  }

  @Test
  void shouldReleaseByTheIdOfThePut() {
    api.post(PATH + "/release", "{\"of\":\"order-1\"}");
    api.post(
        "/v1/counter/release?nsBase64=bG9naW5z&keyBase64=_w",
        "{\"of\":\"order-1\",\"n\":3,\"id\":\"back-1\"}");

    var notText = new CounterName(ByteString.utf8("logins"), ByteString.of(new byte[] {-1}));
    assertThat(api.commands.taken)
        .containsExactly(
            Command.of(ALICE, new Event.Release("order-1", OptionalLong.empty(), Optional.empty())),
            Command.of(
                notText, new Event.Release("order-1", OptionalLong.of(3), Optional.of("back-1"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|of|is missing; it is the id of what is released",
        "{\"of\":\"\"}|of|takes 0 bytes of UTF-8; it must take 1 to 128",
        "{\"of\":\"a\",\"n\":0}|n|is 0; it must be at least 1",
        "{\"of\":\"a\",\"id\":\"a\"}|id|is the id of what is released; it needs its own",
        "{\"of\":\"a\",\"ttl\":\"5s\"}|ttl|is not for the op release",
      })
  void shouldRefuseReleasesThatMeanNothing(String body, String field, String rule) {
    assertInvalid(api.post(PATH + "/release", body).body(), field, rule);
    assertThat(api.commands.taken).isEmpty();
  }

  @Test
  void shouldClaimUnderTheNameOfTheFirstCounter() {
    var response =
        api.post(
            "/v1/claims",
            "{\"counters\":[{\"namespace\":\"seats\",\"key\":\"{7}hall\",\"n\":2},"
                + "{\"namespace\":\"meals\",\"key\":\"{7}hall\"}]}",
            KEY,
            "order-1");

    assertThat(response.statusCode()).isEqualTo(200);
    var seats = CounterName.of("seats", "{7}hall");
    var meals = CounterName.of("meals", "{7}hall");
    var claim = new Claim(List.of(Claim.Part.of(seats, 2), Claim.Part.of(meals, 1)), ID);
    assertThat(api.commands.taken).containsExactly(Command.of(seats, claim));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|counters|is missing; a claim needs them",
        "{\"counters\":[]}|counters|are 0; there must be 1 to 100",
        "{\"counters\":{}}|counters|must be an array of objects",
        "{\"counters\":[{\"key\":\"a\"}]}|counters[0].namespace|is missing",
        "{\"counters\":[{\"namespace\":\"a\",\"key\":\"b\",\"n\":0.5}]}|counters[0].n|is 0.5; claims"
            + " take whole numbers only",
        "{\"counters\":[{\"namespace\":\"a\",\"key\":\"b\"},{\"namespace\":\"a\",\"key\":\"b\"}]}"
            + "|counters|has one counter twice; each may come once",
        "{\"counters\":[{\"namespace\":\"a\",\"key\":\"b\"},{\"namespace\":\"a\",\"key\":\"c\"}]}"
            + "|counters|are not all in one partition: 'a/b' and 'a/c' must carry the same hash",
      })
  void shouldRefuseClaimsThatMeanNothing(String body, String field, String rule) {
    assertInvalid(api.post("/v1/claims", body).body(), field, rule);
    assertThat(api.commands.taken).isEmpty();
  }

  @Test
  void shouldNumberTheLinesOfALoadThatHasAnId() {
    api.commands.respond(new Response.Logged(Position.of(0, 1)));

    api.post(
        "/v1/events",
        "{\"namespace\":\"a\",\"key\":\"b\"}\n\n"
            + "{\"namespace\":\"a\",\"key\":\"b\",\"id\":\"own\"}\n"
            + "{\"namespace\":\"a\",\"key\":\"\",\"op\":\"policy\",\"policy\":null}\n",
        KEY,
        "upload-1");

    assertThat(api.commands.taken)
        .extracting(command -> command.event().id().orElse("-"))
        .containsExactly("upload-1#1", "own", "-");
  }

  private static void assertInvalid(String body, String field, String rule) {
    var problem = Api.json(body);
    assertThat(problem.get("status").asInt()).isEqualTo(400);
    assertThat(problem.get("field").asText()).isEqualTo(field);
    assertThat(problem.get("detail").asText()).startsWith(field + " " + rule);
  }
}
