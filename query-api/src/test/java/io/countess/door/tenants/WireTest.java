package io.countess.door.tenants;

import static io.countess.door.tenants.CounterApi.error;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.countess.server.Countess;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counter-api's REST at a whole service, as its clients see it. */
class WireTest {
  private static final String NOBODY = "01234567-89ab-4def-8123-456789abcdef";

  @TempDir static Path data;
  private static Countess countess;
  private static CounterApi anyone;
  private static CounterApi admin;

  @BeforeAll
  static void start() throws InterruptedException {
    countess = CounterApi.start(data, "memory", Map.of());
    anyone = CounterApi.of(countess);
    admin = anyone.admin();
  }

  @AfterAll
  static void stop() {
    countess.close();
  }

  @Test
  void shouldMakeAndShowATenant() {
    CounterApi.Answer made = admin.post("/tenants", "{\"label\":\" a tenant \"}").is(201);
    assertThat(made.header("Content-Type")).isEqualTo("application/json");
    assertThat(made.header("Server")).isEqualTo("Counter API");
    assertThat(made.json().fieldNames())
        .toIterable()
        .containsExactly("tenant_id", "label", "created_at", "updated_at");
    assertThat(made.text("label")).isEqualTo("a tenant");
    assertThat(Instant.parse(made.text("created_at"))).isBeforeOrEqualTo(Instant.now());
    String id = made.text("tenant_id");
    assertThat(anyone.get("/tenants/" + id).is(200).body()).isEqualTo(made.body());
    assertThat(anyone.get("/tenants/%7B" + id.toUpperCase(Locale.ROOT) + "%7D").body())
        .isEqualTo(made.body());
    assertThat(anyone.get("/tenants/" + id.replace("-", "")).body()).isEqualTo(made.body());
  }

  @Test
  void shouldHaveEachTenantsLabelOnce() {
    admin.post("/tenants", "{\"label\":\"twice\"}").is(201);
    assertThat(admin.post("/tenants", "{\"label\":\"twice\\n\"}").told())
        .isEqualTo(error(409, "TENANT_LABEL_EXISTS", "A tenant with this label already exists"));
  }

  @Test
  void shouldSayWhatIsWrongWithATenant() {
    var wrong =
        Map.of(
            "",
            error(400, "INVALID_JSON", "Invalid JSON"),
            "{",
            error(400, "INVALID_JSON", "Invalid JSON"),
            "[]",
            error(400, "INVALID_JSON", "Invalid JSON"),
            "{\"label\":1}",
            error(400, "INVALID_JSON", "Invalid JSON"),
            "{}",
            error(400, "INVALID_PARAMETER", "label is required"),
            "{\"label\":\" \\u0000\"}",
            error(400, "INVALID_PARAMETER", "label is required"),
            "{\"label\":\"a/b\"}",
            error(400, "INVALID_PARAMETER", "label contains invalid characters"),
            "{\"label\":\"" + "x".repeat(256) + "\"}",
            error(400, "INVALID_PARAMETER", "label exceeds maximum length"));
    wrong.forEach(
        (body, told) -> assertThat(admin.post("/tenants", body).told()).as(body).isEqualTo(told));
    assertThat(anyone.get("/tenants/x").told())
        .isEqualTo(error(400, "INVALID_UUID", "Invalid tenant ID format"));
    assertThat(anyone.get("/tenants/" + NOBODY).told())
        .isEqualTo(error(404, "TENANT_NOT_FOUND", "Tenant not found"));
  }

  @Test
  void shouldMakeAndShowACounter() {
    String tenant = anyone.tenant("counters");
    CounterApi.Answer made =
        admin
            .post(tenant + "/counters", "{\"label\":\"c\",\"initial_value\":7,\"max_delta\":3}")
            .is(201);
    assertThat(made.json().fieldNames())
        .toIterable()
        .containsExactly(
            "counter_id", "tenant_id", "label", "value", "max_delta", "created_at", "updated_at");
    assertThat(made.json().path("value").asLong()).isEqualTo(7);
    assertThat(made.json().path("max_delta").asLong()).isEqualTo(3);
    String path = tenant + "/counters/" + made.text("counter_id");
    assertThat(anyone.get(path).is(200).body()).isEqualTo(made.body());
    assertThat(anyone.get(tenant + "/" + made.text("counter_id")).body()).isEqualTo(made.body());
    assertThat(admin.get("/v2" + path).is(200).body()).isEqualTo(made.body());
  }

  @Test
  void shouldTakeWhatACounterMayBeMadeOf() {
    String tenant = anyone.tenant("making");
    CounterApi.Answer usual = admin.post(tenant + "/counters", "{\"other\":[{}]}").is(201);
    assertThat(usual.text("label")).isEmpty();
    assertThat(usual.json().path("value").asLong()).isZero();
    assertThat(usual.json().path("max_delta").asLong()).isEqualTo(50);
    assertThat(anyone.get(tenant + "/counters/" + usual.text("counter_id")).body())
        .isEqualTo(usual.body());
    assertThat(admin.post(tenant, "{\"label\":null,\"initial_value\":0}").told())
        .isEqualTo(
            error(
                409,
                "COUNTER_LABEL_EXISTS",
                "A counter with this label already exists for this tenant"));
    admin.post(tenant, "{\"label\":\"least\",\"initial_value\":-9223372036854775808}").is(201);
    admin.post(tenant, "{\"label\":\"most\",\"INITIAL_VALUE\":9223372036854775806}").is(201);
    assertThat(admin.post(tenant, "{\"initial_value\":9223372036854775807}").told())
        .isEqualTo(error(400, "INVALID_PARAMETER", "counter value would cause overflow"));
    assertThat(admin.post(tenant, "{\"max_delta\":-1}").told())
        .isEqualTo(error(400, "INVALID_PARAMETER", "max_delta must be at least 1"));
    for (String number : List.of("1.0", "1e3", "\"1\"", "9223372036854775808", "true")) {
      assertThat(admin.post(tenant, "{\"initial_value\":" + number + "}").told())
          .isEqualTo(error(400, "INVALID_JSON", "Invalid JSON"));
    }
    assertThat(admin.post("/tenants/" + NOBODY + "/counters", "{}").told())
        .isEqualTo(error(404, "TENANT_NOT_FOUND", "Tenant not found"));
  }

  @Test
  void shouldIncrementWithoutAKey() {
    String counter = anyone.counter(anyone.tenant("increments"), "{\"initial_value\":5}");
    CounterApi.Answer one = anyone.post(counter + "/inc").is(200);
    assertThat(one.json().fieldNames())
        .toIterable()
        .containsExactly("operation_id", "counter_id", "delta", "value", "replayed", "updated_at");
    assertThat(one.json().path("value").asLong()).isEqualTo(6);
    assertThat(one.json().path("delta").asLong()).isEqualTo(1);
    assertThat(one.json().path("replayed").asBoolean()).isFalse();
    assertThat(anyone.post(counter + "/inc?delta=50").is(200).json().path("value").asLong())
        .isEqualTo(56);
    assertThat(anyone.post(counter + "/inc?delta=%2B4").is(200).json().path("value").asLong())
        .isEqualTo(60);
    assertThat(anyone.post(counter + "/inc?delta=").json().path("value").asLong()).isEqualTo(61);
    String old = counter.replace("/counters/", "/");
    assertThat(anyone.post(old + "/inc").is(200).json().path("value").asLong()).isEqualTo(62);
    CounterApi.Answer read = anyone.get(counter).is(200);
    assertThat(read.json().path("value").asLong()).isEqualTo(62);
    assertThat(Instant.parse(read.text("updated_at")))
        .isAfterOrEqualTo(Instant.parse(one.text("updated_at")));
  }

  @Test
  void shouldSayWhatIsWrongWithAnIncrement() {
    String tenant = anyone.tenant("wrong increments");
    String counter = anyone.counter(tenant, "{}");
    for (String delta : List.of("0", "-1", "x", "1.5", "9223372036854775808", "%201", "%D9%A3")) {
      assertThat(anyone.post(counter + "/inc?delta=" + delta).told())
          .as(delta)
          .isEqualTo(error(400, "INVALID_DELTA", "Delta must be a positive integer"));
    }
    assertThat(anyone.post(counter + "/inc?delta=51").told())
        .isEqualTo(error(400, "DELTA_EXCEEDS_MAXIMUM", "Delta exceeds maximum allowed value"));
    String none = tenant + "/counters/" + NOBODY + "/inc?delta=51";
    assertThat(anyone.post(none).told())
        .isEqualTo(error(404, "COUNTER_NOT_FOUND", "Counter not found"));
    assertThat(anyone.once("x").post(none.replace("51", "0")).told())
        .isEqualTo(error(400, "INVALID_DELTA", "Delta must be a positive integer"));
    assertThat(anyone.once("x").post(none).told())
        .isEqualTo(error(400, "INVALID_IDEMPOTENCY_KEY", "idempotency key must be a UUID"));
    assertThat(admin.post("/v2" + counter + "/inc").told())
        .isEqualTo(error(400, "IDEMPOTENCY_KEY_REQUIRED", "idempotency key is required"));
  }

  @Test
  void shouldReachTheGreatestNumberAndNoMore() {
    String counter = anyone.counter(anyone.tenant("top"), "{}");
    assertThat(admin.post(counter + "/set", "{\"value\":9223372036854775806}").is(200).body())
        .contains("\"delta\":9223372036854775806");
    assertThat(anyone.post(counter + "/inc").is(200).body()).contains("9223372036854775807");
    String key = UUID.randomUUID().toString();
    assertThat(anyone.once(key).post(counter + "/inc").told())
        .isEqualTo(
            error(400, "COUNTER_OVERFLOW", "Increment would exceed the counter value range"));
    assertThat(admin.post(counter + "/set", "{\"value\":-2}").told())
        .isEqualTo(
            error(400, "COUNTER_OVERFLOW", "Counter value change exceeds the supported range"));
    admin.post(counter + "/set", "{\"value\":0}").is(200);
    assertThat(anyone.once(key).post(counter + "/inc").is(200).json().path("replayed").asBoolean())
        .as("what failed burns no key")
        .isFalse();
  }

  @Test
  void shouldSetWithoutADeltaWhereNothingChanges() {
    String counter = anyone.counter(anyone.tenant("sets"), "{\"initial_value\":5}");
    CounterApi.Answer set = admin.post(counter + "/set", "{\"value\":3}").is(200);
    assertThat(set.json().path("delta").asLong()).isEqualTo(-2);
    assertThat(set.json().path("value").asLong()).isEqualTo(3);
    CounterApi.Answer same = admin.post(counter + "/set", "{\"value\":3}").is(200);
    assertThat(same.json().has("delta")).isFalse();
    assertThat(admin.post(counter + "/set", "{}").told())
        .isEqualTo(error(400, "INVALID_PARAMETER", "value is required"));
    assertThat(anyone.post(counter + "/set", "{\"value\":3}").told())
        .isEqualTo(error(401, "UNAUTHORIZED", "Invalid or missing API key"));
  }

  @Test
  void shouldDoOnceWhatComesTwiceUnderAKey() {
    String tenant = anyone.tenant("keys");
    String counter = anyone.counter(tenant, "{}");
    String other = anyone.counter(tenant, "{\"label\":\"other\"}");
    String key = UUID.randomUUID().toString();
    CounterApi.Answer first = anyone.once(key).post(counter + "/inc?delta=2").is(200);
    anyone.post(counter + "/inc").is(200);
    CounterApi.Answer again =
        admin.once(" " + key.toUpperCase(Locale.ROOT)).post("/v2" + counter + "/inc?delta=2");
    assertThat(again.is(200).json().path("replayed").asBoolean()).isTrue();
    for (String field : List.of("operation_id", "delta", "value", "updated_at")) {
      assertThat(again.text(field)).as(field).isEqualTo(first.text(field));
    }
    assertThat(first.text("operation_id")).isEqualTo(key);
    assertThat(anyone.get(counter).json().path("value").asLong()).isEqualTo(3);
    String reused =
        error(
            409,
            "IDEMPOTENCY_KEY_REUSED",
            "Idempotency key was reused with different request data");
    assertThat(anyone.once(key).post(counter + "/inc?delta=3").told()).isEqualTo(reused);
    assertThat(anyone.once(key).post(other + "/inc?delta=2").told()).isEqualTo(reused);
    assertThat(admin.once(key).post(counter + "/set", "{\"value\":2}").told()).isEqualTo(reused);
    String elsewhere = anyone.counter(anyone.tenant("other keys"), "{}");
    assertThat(
            anyone.once(key).post(elsewhere + "/inc?delta=2").json().path("replayed").asBoolean())
        .isFalse();
    assertThat(admin.get("/metrics").body())
        .containsPattern("counter_events_total\\{name=\"idempotency_replay\"} [1-9]")
        .containsPattern("counter_events_total\\{name=\"idempotency_conflict\"} [1-9]");
  }

  @Test
  void shouldTellTheHistoryNewestFirst() {
    String counter = anyone.counter(anyone.tenant("history"), "{\"initial_value\":5}");
    String key = UUID.randomUUID().toString();
    anyone.with("X-Request-ID", "the first").once(key).post(counter + "/inc?delta=2").is(200);
    anyone.once(key).post(counter + "/inc?delta=2").is(200);
    admin.post(counter + "/set", "{\"value\":1}").is(200);
    JsonNode all = admin.get("/v2" + counter + "/operations").is(200).json();
    assertThat(all.path("next_cursor").isNull()).isTrue();
    List<String> told = new ArrayList<>();
    all.path("operations")
        .forEach(
            it ->
                told.add(
                    "%s %s %s %s %s"
                        .formatted(
                            it.path("kind").asText(),
                            it.path("delta"),
                            it.path("value_before"),
                            it.path("value_after"),
                            it.path("actor_id").asText())));
    assertThat(told)
        .containsExactly(
            "set_adjustment -6 7 1 legacy-env-admin",
            "increment 2 5 7 ",
            "initial_value 5 0 5 legacy-env-admin");
    JsonNode increment = all.path("operations").get(1);
    assertThat(increment.path("operation_id").asText()).isEqualTo(key);
    assertThat(increment.path("metadata").path("request_id").asText()).isEqualTo("the first");
    assertThat(increment.path("created_at")).isEqualTo(increment.path("completed_at"));
  }

  @Test
  void shouldTellTheNearestNumberOf64BitsOfWhatOthersWrote() {
    String counter = anyone.counter(anyone.tenant("others"), "{\"initial_value\":-5}");
    write(counter, "{\"to\":1.5}");
    write(counter, "{\"to\":99999999999999999999}");
    assertThat(anyone.get(counter).json().path("value").asText()).isEqualTo("9223372036854775807");
    List<String> told = new ArrayList<>();
    for (JsonNode it : admin.get("/v2" + counter + "/operations").json().path("operations")) {
      told.add(it.path("kind").asText() + " " + it.path("delta") + " to " + it.path("value_after"));
    }
    assertThat(told)
        .containsExactly(
            "set_adjustment 9223372036854775806 to 9223372036854775807",
            "set_adjustment 6 to 1",
            "initial_value -5 to -5");
  }

  @Test
  void shouldSayThatAFractionIsWhatItCannotAddTo() {
    String counter = anyone.counter(anyone.tenant("fraction"), "{\"initial_value\":1}");
    write(counter, "{\"add\":0.5}");
    String why = "Counter value is 1.5, which is no whole number; set it to one first";
    assertThat(anyone.post(counter + "/inc").told())
        .isEqualTo(error(400, "INVALID_PARAMETER", why));
    CounterApi once = admin.once(UUID.randomUUID().toString());
    assertThat(once.post("/v2" + counter + "/inc").told())
        .isEqualTo(error(400, "INVALID_PARAMETER", why));
    admin.post(counter + "/set", "{\"value\":2}").is(200);
    assertThat(once.post("/v2" + counter + "/inc").is(200).text("value")).isEqualTo("3");
    write(counter, "{\"to\":99999999999999999999}");
    assertThat(anyone.post(counter + "/inc").told())
        .isEqualTo(
            error(400, "COUNTER_OVERFLOW", "Increment would exceed the counter value range"));
  }

  private static void write(String counter, String write) {
    String key = counter.replaceFirst("/tenants/([^/]+)/counters/", "%7B$1%7D%2Fcounters%2F");
    var api = new CounterApi(countess.url(), List.of());
    api.post("/v1/namespaces/tenants/keys/" + key + "/write", write).is(200);
  }

  @Test
  void shouldPageThroughTheHistory() {
    String counter = anyone.counter(anyone.tenant("pages"), "{}");
    for (int i = 0; i < 4; i++) {
      anyone.post(counter + "/inc").is(200);
    }
    var seen = new ArrayList<String>();
    String cursor = "";
    do {
      JsonNode page = admin.get("/v2" + counter + "/operations?limit=2" + cursor).is(200).json();
      page.path("operations").forEach(it -> seen.add(it.path("value_after").asText()));
      cursor =
          page.path("next_cursor").isNull() ? "" : "&cursor=" + page.path("next_cursor").asText();
    } while (!cursor.isEmpty());
    assertThat(seen).containsExactly("4", "3", "2", "1", "0");
    String history = "/v2" + counter + "/operations?cursor=";
    assertThat(admin.get(history + "x".repeat(513)).told())
        .isEqualTo(error(400, "INVALID_CURSOR", "cursor is too large"));
    assertThat(admin.get(history + "x").told())
        .isEqualTo(error(400, "INVALID_CURSOR", "cursor is malformed"));
    assertThat(admin.get(history + "e30").told())
        .isEqualTo(error(400, "INVALID_CURSOR", "cursor timestamp is malformed"));
    assertThat(admin.get("/v2" + counter + "/operations?limit=101").told())
        .isEqualTo(error(400, "INVALID_PARAMETER", "limit must be between 1 and 100"));
  }

  @Test
  void shouldListATenantsCountersAsTheyWereMade() {
    String tenant = anyone.tenant("lists");
    var made = new ArrayList<String>();
    for (int i = 0; i < 5; i++) {
      CounterApi.Answer counter =
          admin.post(tenant + "/counters", "{\"label\":\"" + i + "\"}").is(201);
      made.add(counter.text("counter_id"));
      anyone.post(tenant + "/counters/" + counter.text("counter_id") + "/inc?delta=" + (i + 1));
    }
    anyone.counter(anyone.tenant("lists beside"), "{}");
    var seen = new ArrayList<String>();
    var values = new ArrayList<Long>();
    String cursor = "";
    do {
      JsonNode page = admin.get(tenant + "/counters?limit=2" + cursor).is(200).json();
      page.path("counters")
          .forEach(
              it -> {
                seen.add(it.path("counter_id").asText());
                values.add(it.path("value").asLong());
              });
      cursor =
          page.path("next_cursor").isNull() ? "" : "&cursor=" + page.path("next_cursor").asText();
    } while (!cursor.isEmpty());
    assertThat(seen).containsExactlyInAnyOrderElementsOf(made).isSorted();
    assertThat(values).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L);
    assertThat(admin.get(anyone.tenant("empty lists") + "/counters").is(200).body())
        .isEqualTo("{\"counters\":[],\"next_cursor\":null}");
    assertThat(admin.get(tenant + "/counters?cursor=x").told())
        .isEqualTo(error(400, "INVALID_CURSOR", "Invalid cursor format"));
    assertThat(admin.get(tenant + "/counters?cursor=e30").told())
        .isEqualTo(error(400, "INVALID_CURSOR", "Invalid cursor timestamp"));
    assertThat(admin.get(tenant + "/counters?limit=0").told())
        .isEqualTo(error(400, "INVALID_PARAMETER", "limit must be between 1 and 100"));
  }
}
