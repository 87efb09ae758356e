package io.countess.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countess.door.ApiKeys;
import io.countess.door.Floor;
import io.countess.door.KeysConfig;
import io.countess.server.Alone;
import io.countess.server.Countess;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listings and claims of a whole service, as keys that are limited to namespaces see them. */
class ListingOfKeysTest {
  private static final String BOSS = "boss-".repeat(8);
  private static final String SHOP = "shop-".repeat(8);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Countess countess;
  private static HttpServer server;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("keys");
    String line = "shop read,write@b?,seats sha256:";
    Files.writeString(file, line + sha256(SHOP) + "\n");
    var config = new KeysConfig(Optional.of(file), Optional.of(BOSS), false);
    countess = Alone.start(directory.resolve("data"), "memory");
    var floor =
        new Floor(
            countess.queries(),
            countess.commands(),
            new ApiKeys(config),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    var port = HttpPort.bind(new HttpConfig("127.0.0.1", 0), config);
    server = HttpServer.start(port, floor, Optional::empty);
    for (String namespace : List.of("a1", "b1", "b2", "b22", "b3", "c1")) {
      for (String key : List.of("k", "l", "m", "n")) {
        assertThat(post(BOSS, "/v1/namespaces/" + namespace + "/keys/" + key, "").statusCode())
            .isEqualTo(200);
      }
    }
  }

  @AfterAll
  static void stop() {
    server.close();
    countess.close();
  }

  @Test
  void shouldPageThroughTheNamespacesOfTheKeyAlone() throws Exception {
    assertThat(pages(SHOP, 1)).containsExactly(List.of("b1"), List.of("b2"), List.of("b3"));
    assertThat(pages(SHOP, 2)).containsExactly(List.of("b1", "b2"), List.of("b3"));
    assertThat(pages(SHOP, 3)).containsExactly(List.of("b1", "b2", "b3"));
    assertThat(pages(BOSS, 4))
        .containsExactly(List.of("a1", "b1", "b2", "b22"), List.of("b3", "c1"));
  }

  @Test
  void shouldSayThatOthersAreLeftOut() throws Exception {
    JsonNode some = get(SHOP, "/v1/namespaces");
    assertThat(some.get("only").toString()).isEqualTo("[\"b?\",\"seats\"]");
    assertThat(some.get("namespaces").get(0).get("totals").get("keys").asInt()).isEqualTo(4);
    assertThat(get(BOSS, "/v1/namespaces").has("only")).isFalse();
  }

  @Test
  void shouldReleaseAClaimOnlyWhereTheKeyIsForAll() throws Exception {
    String claim =
        "{\"id\":\"order\",\"counters\":[{\"namespace\":\"seats\",\"key\":\"{t}\"},"
            + "{\"namespace\":\"meals\",\"key\":\"{t}\"}]}";
    String release = "/v1/namespaces/seats/keys/%7Bt%7D/release";
    assertThat(post(SHOP, "/v1/claims", claim).statusCode()).isEqualTo(403);
    assertThat(post(BOSS, "/v1/claims", claim).statusCode()).isEqualTo(200);

    var refused = post(SHOP, release, "{\"of\":\"order\"}");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("b?,seats").doesNotContain("meals");
    assertThat(get(BOSS, "/v1/namespaces/meals/keys/%7Bt%7D").get("count").asInt()).isEqualTo(1);

    assertThat(post(BOSS, release, "{\"of\":\"order\"}").statusCode()).isEqualTo(200);
    assertThat(get(BOSS, "/v1/namespaces/meals/keys/%7Bt%7D").get("count").asInt()).isZero();
  }

  private static List<List<String>> pages(String key, int limit) throws Exception {
    var pages = new ArrayList<List<String>>();
    String after = "";
    do {
      JsonNode page = get(key, "/v1/namespaces?limit=" + limit + after);
      pages.add(page.findValuesAsText("namespace"));
      after = page.has("next") ? "&after=" + page.get("next").asText() : "";
    } while (!after.isEmpty());
    return pages;
  }

  private static JsonNode get(String key, String path) throws Exception {
    return JSON.readTree(send(key, request(path).GET()).body());
  }

  private static HttpResponse<String> post(String key, String path, String body) throws Exception {
    return send(key, request(path).POST(BodyPublishers.ofString(body)));
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private static HttpResponse<String> send(String key, HttpRequest.Builder request)
      throws Exception {
    return CLIENT.send(
        request.header("Authorization", "Bearer " + key).build(), BodyHandlers.ofString());
  }

  private static String sha256(String key) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
  }
}
