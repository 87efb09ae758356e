package io.countess.door.tenants;

import static io.countess.door.tenants.CounterApi.error;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.countess.server.Countess;
import io.countess.server.Setting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may what at the door for counter-api, and what browsers and operators are told. */
class AccessTest {
  private static final String UNAUTHORIZED =
      error(401, "UNAUTHORIZED", "Invalid or missing API key");
  private static final String FORBIDDEN = error(403, "FORBIDDEN", "Insufficient permission");
  private static final String NONE = error(404, "CREDENTIAL_NOT_FOUND", "Credential not found");

  @TempDir static Path data;
  @TempDir static Path logs;
  private static Countess countess;
  private static CounterApi anyone;
  private static CounterApi admin;

  @BeforeAll
  static void start() throws InterruptedException {
    countess =
        CounterApi.start(
            data,
            "memory",
            Map.of(
                Setting.API_KEY, "a-key-of-the-house",
                Setting.TENANTS_CORS_ORIGINS, "https://one.example, https://two.example",
                Setting.TENANTS_ACCESS_LOG, logs.resolve("access").toString()));
    anyone = CounterApi.of(countess);
    admin = anyone.admin();
  }

  @AfterAll
  static void stop() {
    countess.close();
  }

  @Test
  void shouldTellAWrongKeyOnEveryRoute() {
    String counter = anyone.counter(anyone.tenant("wrong keys"), "{}");
    for (String key :
        List.of(
            "x", "ck_", "ck_x.y", "ck_" + UUID.randomUUID() + ".secret", "ck_" + "x.".repeat(9))) {
      CounterApi wrong = anyone.key(key);
      assertThat(wrong.get("/livez").told()).as(key).isEqualTo(UNAUTHORIZED);
      assertThat(wrong.get(counter).told()).isEqualTo(UNAUTHORIZED);
      assertThat(wrong.get("/none").told()).isEqualTo(UNAUTHORIZED);
      assertThat(wrong.ask("OPTIONS", counter, "").is(200).body()).isEmpty();
    }
  }

  @Test
  void shouldAskForAKeyWhereOneIsNeeded() {
    String tenant = anyone.tenant("needs");
    assertThat(anyone.post("/tenants", "{\"label\":\"x\"}").told()).isEqualTo(UNAUTHORIZED);
    assertThat(anyone.get(tenant + "/counters").told()).isEqualTo(UNAUTHORIZED);
    assertThat(anyone.post(tenant + "/counters", "{}").told()).isEqualTo(UNAUTHORIZED);
    assertThat(anyone.get("/metrics").told()).isEqualTo(UNAUTHORIZED);
    assertThat(anyone.post("/v2/admin/credentials").told()).isEqualTo(UNAUTHORIZED);
    anyone.get("/livez").is(200);
    assertThat(anyone.get("/readyz").told()).isEqualTo("200 {\"status\":\"ok\"}");
    assertThat(anyone.get("/").is(200).header("Content-Type"))
        .isEqualTo("text/html; charset=utf-8");
  }

  @Test
  void shouldLetATenantsCredentialDoWhatItsScopesSay() {
    String tenant = anyone.tenant("scopes");
    String counter = anyone.counter(tenant, "{}");
    JsonNode issued = admin.post("/v2" + tenant + "/credentials").is(201).json();
    assertThat(issued.fieldNames())
        .toIterable()
        .containsExactly("credential_id", "tenant_id", "api_key", "scopes");
    assertThat(issued.path("scopes").toString())
        .isEqualTo("[\"counter:history\",\"counter:increment\",\"counter:read\"]");
    assertThat(issued.path("api_key").asText())
        .matches("ck_" + issued.path("credential_id").asText() + "\\.[A-Za-z0-9_-]{43}");
    CounterApi holder = anyone.key(issued.path("api_key").asText());
    String once = UUID.randomUUID().toString();
    holder.once(once).post("/v2" + counter + "/inc").is(200);
    JsonNode operations = holder.get("/v2" + counter + "/operations").is(200).json();
    assertThat(operations.path("operations").get(0).path("actor_id"))
        .isEqualTo(issued.path("credential_id"));
    assertThat(holder.post(counter + "/set", "{\"value\":1}").told()).isEqualTo(FORBIDDEN);
    assertThat(holder.post(tenant + "/counters", "{}").told()).isEqualTo(FORBIDDEN);
    assertThat(holder.post("/tenants", "{}").told()).isEqualTo(FORBIDDEN);
    String other = anyone.counter(anyone.tenant("other scopes"), "{}");
    assertThat(holder.get("/v2" + other).told()).isEqualTo(FORBIDDEN);
    holder.get(other).is(200);
  }

  @Test
  void shouldRotateAndRevokeCredentials() {
    String tenant = anyone.tenant("rotation");
    String credentials = "/v2" + tenant + "/credentials";
    String end = Instant.now().plus(Duration.ofDays(1)).toString();
    JsonNode first =
        admin
            .post(
                credentials,
                "{\"scopes\":[\"tenant:read\",\"counter:adjust\"],\"expires_at\":\"" + end + "\"}")
            .is(201)
            .json();
    String id = first.path("credential_id").asText();
    JsonNode second = admin.post(credentials + "/" + id + "/rotate").is(201).json();
    assertThat(second.path("scopes").toString()).isEqualTo("[\"counter:adjust\",\"tenant:read\"]");
    assertThat(second.path("expires_at").asText()).isEqualTo(end);
    CounterApi before = anyone.key(first.path("api_key").asText());
    CounterApi after = anyone.key(second.path("api_key").asText());
    before.get(tenant).is(200);
    after.get(tenant).is(200);
    assertThat(admin.post(credentials + "/" + id + "/revoke").is(204).body()).isEmpty();
    assertThat(before.get(tenant).told()).isEqualTo(UNAUTHORIZED);
    after.get(tenant).is(200);
    assertThat(admin.post(credentials + "/" + id + "/revoke").told()).isEqualTo(NONE);
    assertThat(admin.post(credentials + "/" + UUID.randomUUID() + "/rotate").told())
        .isEqualTo(NONE);
    assertThat(admin.post(credentials + "/x/rotate").told())
        .isEqualTo(error(400, "INVALID_UUID", "Invalid credential ID format"));
  }

  @Test
  void shouldSayWhatIsWrongWithACredential() {
    String credentials = "/v2" + anyone.tenant("wrong credentials") + "/credentials";
    assertThat(admin.post(credentials, "{\"scopes\":[\"x\"]}").told())
        .isEqualTo(error(400, "INVALID_PARAMETER", "unsupported credential scope \\\"x\\\""));
    assertThat(admin.post(credentials, "{\"expires_at\":\"2020-01-01T00:00:00Z\"}").told())
        .isEqualTo(error(400, "INVALID_PARAMETER", "credential expiry must be in the future"));
    assertThat(admin.post(credentials, "{\"expires_at\":\"tomorrow\"}").told())
        .isEqualTo(error(400, "INVALID_JSON", "Invalid JSON"));
    assertThat(admin.post("/v2/tenants/" + UUID.randomUUID() + "/credentials").told())
        .isEqualTo(error(404, "TENANT_NOT_FOUND", "Tenant not found"));
  }

  @Test
  void shouldEndACredentialWhenItExpires() {
    String tenant = anyone.tenant("expiry");
    String end = Instant.now().plusMillis(1500).toString();
    JsonNode issued =
        admin
            .post("/v2" + tenant + "/credentials", "{\"expires_at\":\"" + end + "\"}")
            .is(201)
            .json();
    CounterApi holder = anyone.key(issued.path("api_key").asText());
    holder.get(tenant).is(200);
    Awaitility.await().until(() -> holder.get(tenant).told().equals(UNAUTHORIZED));
    assertThat(Instant.now()).isAfter(Instant.parse(end));
    String rotate =
        "/v2%s/credentials/%s/rotate".formatted(tenant, issued.path("credential_id").asText());
    assertThat(admin.post(rotate).told())
        .isEqualTo(error(400, "INVALID_PARAMETER", "credential expiry must be in the future"));
  }

  @Test
  void shouldGiveOutKeysThatMayEverything() {
    JsonNode issued = admin.post("/v2/admin/credentials", "").is(201).json();
    assertThat(issued.has("tenant_id")).isFalse();
    CounterApi holder = anyone.key(issued.path("api_key").asText());
    String tenant = holder.post("/tenants", "{\"label\":\"by a credential\"}").text("tenant_id");
    String id = issued.path("credential_id").asText();
    assertThat(admin.post("/v2/tenants/" + tenant + "/credentials/" + id + "/rotate").told())
        .isEqualTo(NONE);
  }

  @Test
  void shouldTakeKeysOfTheHouse() {
    CounterApi house = anyone.key("a-key-of-the-house");
    house.post("/tenants", "{\"label\":\"by the house\"}").is(201);
  }

  @Test
  void shouldTellBrowsersWhoMayCall() {
    CounterApi.Answer allowed = anyone.with("Origin", "https://two.example").get("/livez");
    assertThat(allowed.header("Access-Control-Allow-Origin")).isEqualTo("https://two.example");
    assertThat(allowed.header("Access-Control-Allow-Methods")).isEqualTo("GET,POST,OPTIONS");
    assertThat(allowed.header("Access-Control-Max-Age")).isEqualTo("3600");
    assertThat(allowed.header("Vary")).isEmpty();
    CounterApi.Answer other = anyone.with("Origin", "https://three.example").get("/livez");
    assertThat(other.header("Access-Control-Allow-Origin")).isEmpty();
    assertThat(other.header("Access-Control-Allow-Headers"))
        .isEqualTo("Content-Type,Authorization,X-Request-ID,X-API-Key,Idempotency-Key");
    CounterApi.Answer preflight =
        anyone.with("Origin", "https://one.example").ask("OPTIONS", "/anything", "").is(200);
    assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("https://one.example");
  }

  @Test
  void shouldNameRequests() {
    assertThat(anyone.with("X-Request-ID", " mine ").get("/livez").header("X-Request-ID"))
        .isEqualTo("mine");
    String made = anyone.with("X-Request-ID", "x".repeat(129)).get("/livez").header("X-Request-ID");
    assertThat(UUID.fromString(made).version()).isEqualTo(4);
  }

  @Test
  void shouldSayWhereThereIsNothing() {
    String nowhere = "404 {\"error\":\"NOT_FOUND\",\"message\":\"Endpoint not found\"}";
    assertThat(anyone.get("/none").told()).isEqualTo(nowhere);
    assertThat(anyone.get("/tenants/").told()).isNotEqualTo(nowhere);
    assertThat(admin.ask("DELETE", "/tenants", "").told()).isEqualTo(nowhere);
  }

  /** Who is told so before sending it, so that the answer is not cut off by what nobody reads. */
  @Test
  void shouldRefuseABodyThatIsTooLong() throws IOException {
    int port = countess.tenants().orElseThrow().port();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      String head =
          "POST /tenants HTTP/1.1\r\nHost: localhost\r\nX-API-Key: %s\r\nContent-Length: 65537\r\n\r\n"
              .formatted(CounterApi.ADMIN_KEY);
      socket.getOutputStream().write(head.getBytes(US_ASCII));
      byte[] status = socket.getInputStream().readNBytes(12);
      assertThat(new String(status, US_ASCII)).isEqualTo("HTTP/1.1 413");
    }
  }

  @Test
  void shouldShowItsOwnMetrics() {
    anyone.get("/livez").is(200);
    CounterApi.Answer scraped = admin.get("/metrics").is(200);
    assertThat(scraped.header("Content-Type")).isEqualTo("text/plain; version=0.0.4");
    assertThat(scraped.body())
        .containsPattern(
            "counter_requests_total\\{method=\"GET\",route=\"/livez\",status=\"200\"} [0-9]+\n")
        .containsPattern(
            "counter_request_duration_seconds_sum\\{method=\"GET\",route=\"/livez\",status=\"200\"} 0")
        .contains("counter_build_info{version=");
  }

  @Test
  void shouldWriteRequestsDown() throws IOException {
    String tenant = anyone.tenant("written down");
    anyone.with("X-Request-ID", "down").get(tenant + "/counters").is(401);
    assertThat(Files.readAllLines(logs.resolve("access")))
        .filteredOn(line -> line.contains("\"request_id\":\"down\""))
        .singleElement()
        .asString()
        .startsWith("{\"level\":\"warn\",\"time\":\"")
        .contains("\"method\":\"GET\",\"path\":\"/tenants/:id/counters\",\"status\":401,")
        .contains("UNAUTHORIZED");
  }
}
