package io.countess.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.countess.answer.Totals;
import io.countess.door.KeysConfig;
import io.countess.event.CounterName;
import io.countess.query.Command;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What HTTP says to keys that are limited to namespaces. */
class NamespacesOfKeysTest {
  private static final String SHOP = "shop-".repeat(8);
  private static final String[] AS_SHOP = {"Authorization", "Bearer " + SHOP};

  @TempDir Path directory;
  private Path file;
  private Api api;

  @BeforeEach
  void start() throws Exception {
    file = directory.resolve("keys");
    grant("read@billing/* write@logins,{*,%FF admin@billing/*");
    var config = new KeysConfig(Optional.of(file), Optional.empty(), false);
    api = new Api(new HttpConfig("127.0.0.1", 0), config);
    api.beforeEach(null);
    api.queries.find(Totals.ZERO);
  }

  @AfterEach
  void stop() {
    api.afterEach(null);
  }

  @Test
  void shouldNameTheNamespaceAndWhatTheKeyIsFor() {
    var response = api.get("/v1/namespaces/secret/keys/k", AS_SHOP);

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer error=\"insufficient_scope\", scope=\"read\"");
    assertThat(response.body())
        .isEqualTo(
            "{\"type\":\"urn:countess:problem:forbidden\","
                + "\"title\":\"The key does not allow this\",\"status\":403,"
                + "\"detail\":\"the key of shop has the scope read for namespaces that match"
                + " billing/*, and 'secret' does not\","
                + "\"scope\":\"read\",\"patterns\":[\"billing/*\"],\"namespace\":\"secret\"}");
    assertThat(api.queries.asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/namespaces/secret",
        "/v1/namespaces/secret/keys",
        "/v1/namespaces/secret/top",
        "/v1/namespaces/secret/policy/history",
        "/v1/namespaces/secret/keys/k?n=2",
        "/v1/counter?nsBase64=_w&keyBase64=",
        "/v1/namespace?nsBase64=",
        "/v1/default-policy",
        "/v1/default-policy/history",
        "/v1/totals",
        "/metrics"
      })
  void shouldReadNothingElse(String path) {
    assertThat(api.get(path, AS_SHOP).statusCode()).isEqualTo(403);
    assertThat(api.queries.asked).isEmpty();
  }

  @Test
  void shouldSayWhereTheServiceAsAWholeIsAskedFor() {
    assertThat(Api.json(api.get("/v1/totals", AS_SHOP)).get("detail").asText())
        .isEqualTo(
            "the key of shop has the scope read for namespaces that match billing/*; this needs"
                + " the scope for the whole service");
    assertThat(api.get("/metrics", AS_SHOP).body()).contains("for the whole service");
  }

  @ParameterizedTest
  @CsvSource({
    "logins, 200",
    "%7Bx%7D, 200",
    "login, 403",
    "logins%2F, 403",
    "billing%2Feu, 403",
  })
  void shouldWriteWhereTheKeyIsFor(String namespace, int status) {
    String path = "/v1/namespaces/" + namespace + "/keys/k";

    assertThat(api.post(path, "", AS_SHOP).statusCode()).isEqualTo(status);
    assertThat(api.put(path, "{\"value\":1}", AS_SHOP).statusCode()).isEqualTo(status);
    assertThat(api.delete(path, AS_SHOP).statusCode()).isEqualTo(status);
    assertThat(api.post(path + "/release", "{\"of\":\"x\"}", AS_SHOP).statusCode())
        .isEqualTo(status);
    assertThat(api.commands.taken).hasSize(status == 200 ? 4 : 0);
  }

  @Test
  void shouldKnowNamesThatAreNoText() {
    assertThat(api.post("/v1/counter?nsBase64=_w&keyBase64=", "", AS_SHOP).statusCode())
        .isEqualTo(200);
    var other = api.post("/v1/counter?nsBase64=_v8&keyBase64=", "", AS_SHOP);
    assertThat(Api.json(other).get("namespaceBase64").asText()).isEqualTo("/v8=");
  }

  @Test
  void shouldSetPoliciesWhereTheKeyIsFor() {
    String policy = "{\"policy\":null}";

    assertThat(api.put("/v1/namespaces/billing%2Feu", policy, AS_SHOP).statusCode()).isEqualTo(200);
    assertThat(api.delete("/v1/namespaces/billing%2Feu", AS_SHOP).statusCode()).isEqualTo(200);
    assertThat(api.put("/v1/namespaces/logins", policy, AS_SHOP).statusCode()).isEqualTo(403);
    assertThat(api.delete("/v1/namespaces/logins", AS_SHOP).statusCode()).isEqualTo(403);
    String defaults = "{\"policy\":{\"kind\":\"total\"}}";
    assertThat(api.put("/v1/default-policy", defaults, AS_SHOP).statusCode()).isEqualTo(403);
  }

  @Test
  void shouldClaimOnlyWhereTheKeyIsForAll() {
    String both =
        "{\"counters\":[{\"namespace\":\"logins\",\"key\":\"{t}\"},"
            + "{\"namespace\":\"%s\",\"key\":\"{t}\"}]}";

    assertThat(api.post("/v1/claims", both.formatted("{b}"), AS_SHOP).statusCode()).isEqualTo(200);
    var refused = api.post("/v1/claims", both.formatted("meals"), AS_SHOP);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(Api.json(refused).get("namespace").asText()).isEqualTo("meals");
    assertThat(api.commands.taken).hasSize(1);
  }

  @Test
  void shouldCarryOutABatchOnlyWhereTheKeyIsForAll() {
    String both =
        "{\"events\":[{\"namespace\":\"logins\",\"key\":\"{t}\"},"
            + "{\"namespace\":\"%s\",\"key\":\"{t}\",\"op\":\"reset\"}]}";

    assertThat(api.post("/v1/batches", both.formatted("{b}"), AS_SHOP).statusCode()).isEqualTo(200);
    var refused = api.post("/v1/batches", both.formatted("meals"), AS_SHOP);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(Api.json(refused).get("namespace").asText()).isEqualTo("meals");
    assertThat(api.commands.taken).hasSize(1);
  }

  /** As with any other line that is wrong, the rest is logged. */
  @Test
  void shouldRejectLinesOfOtherNamespacesAndLogTheRest() {
    String lines =
        "{\"namespace\":\"logins\",\"key\":\"a\"}\n"
            + "{\"namespace\":\"secret\",\"key\":\"a\"}\n"
            + "{\"namespace\":\"logins\",\"key\":\"{t}\",\"op\":\"claim\",\"counters\":"
            + "[{\"key\":\"{t}\"},{\"namespace\":\"meals\",\"key\":\"{t}\"}]}\n"
            + "{\"namespace\":\"logins\",\"key\":\"\",\"op\":\"policy\",\"policy\":null}\n"
            + "{\"namespace\":\"\",\"key\":\"\",\"op\":\"defaults\",\"policy\":{\"kind\":\"total\"}}\n"
            + "{\"namespace\":\"logins\",\"key\":\"b\"}\n";

    HttpResponse<String> response = api.post("/v1/events", lines, AS_SHOP);

    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode report = Api.json(response);
    assertThat(report.get("logged").asInt()).isEqualTo(2);
    assertThat(report.get("rejected").asInt()).isEqualTo(4);
    String write = "the key of shop has the scope write for namespaces that match logins,{*,%FF";
    String admin = "the key of shop has the scope admin for namespaces that match billing/*";
    assertThat(report.get("errors"))
        .extracting(error -> error.get("line").asInt() + ": " + error.get("reason").asText())
        .containsExactly(
            "2: " + write + ", and 'secret' does not",
            "3: " + write + ", and 'meals' does not",
            "4: " + admin + ", and 'logins' does not",
            "5: " + admin + "; this needs the scope for the whole service");
    assertThat(api.commands.taken)
        .extracting(Command::counter)
        .containsExactlyInAnyOrder(CounterName.of("logins", "a"), CounterName.of("logins", "b"));
  }

  /** Other instances are believed, so a key for them has to be for everything. */
  @Test
  void shouldLetNoKeyOfSomeNamespacesSpeakForAnInstance() {
    assertThat(api.post("/internal/v1/questions", "{}", AS_SHOP).statusCode()).isEqualTo(403);
    assertThat(api.post("/internal/v1/commands", "{}", AS_SHOP).statusCode()).isEqualTo(403);
  }

  @Test
  void shouldHoldForOtherNamespacesOnceTheFileSaysSo() throws Exception {
    String path = "/v1/namespaces/secret/keys/k";
    assertThat(api.post(path, "", AS_SHOP).statusCode()).isEqualTo(403);

    grant("write@secret");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));

    Awaitility.await().until(() -> api.post(path, "", AS_SHOP).statusCode() == 200);
    assertThat(api.post("/v1/namespaces/logins/keys/k", "", AS_SHOP).statusCode()).isEqualTo(403);
  }

  @Test
  void shouldKeepItsNamespacesWhenTheFileBreaks() throws Exception {
    grant("write@[");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    long until = System.nanoTime() + 1_500_000_000L;

    Awaitility.await()
        .until(
            () ->
                api.post("/v1/namespaces/logins/keys/k", "", AS_SHOP).statusCode() == 200
                    && System.nanoTime() > until);
    assertThat(api.post("/v1/namespaces/secret/keys/k", "", AS_SHOP).statusCode()).isEqualTo(403);
  }

  private void grant(String grants) throws Exception {
    write("shop " + grants + " sha256:" + sha256(SHOP) + "\n");
  }

  private void write(String content) throws IOException {
    Files.write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  private static String sha256(String key) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash);
  }
}
