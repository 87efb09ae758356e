package io.countess.door.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.server.Countess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The door as those see it who have no gRPC. */
class JsonTest {
  @TempDir static Path dir;
  private static Countess countess;
  private static String url;

  @BeforeAll
  static void start() throws Exception {
    countess = Limits.start(dir, Map.of());
    url = countess.envoy().orElseThrow().jsonUrl().orElseThrow();
  }

  @AfterAll
  static void stop() {
    countess.close();
  }

  private static HttpResponse<String> post(String body, String... headers) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url + "/json"));
    request.POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private static String get(String path) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url + path)).build();
    var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  private static void expect(String told, String body) throws Exception {
    HttpResponse<String> answer = post(body);
    assertThat(answer.statusCode() + " " + answer.body()).startsWith(told);
  }

  @Test
  void shouldAnswerInJson() throws Exception {
    String asked =
        """
        {"domain": "edge", "descriptors": [{"entries": [{"key": "path", "value": "/api/json"}]}]}
        """;
    HttpResponse<String> answer = post(asked);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.body())
        .matches(
            "\\{\"overallCode\":\"OK\",\"statuses\":\\[\\{\"code\":\"OK\",\"currentLimit\":"
                + "\\{\"requestsPerUnit\":1,\"unit\":\"DAY\"},\"durationUntilReset\":\"\\d+s\"}]}");
    HttpResponse<String> refused = post(asked);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.body())
        .startsWith("{\"overallCode\":\"OVER_LIMIT\",\"statuses\":[{\"code\":\"OVER_LIMIT\",");
  }

  @Test
  void shouldTakeNamesOfEitherForm() throws Exception {
    String asked =
        "{\"domain\":\"edge\",\"%s\":4,\"descriptors\":[{\"entries\":[{\"key\":\"user\",\"value\":\"%s\"}]}]}";
    assertThat(post(asked.formatted("hitsAddend", "j1")).body()).contains("\"limitRemaining\":1,");
    assertThat(post(asked.formatted("hits_addend", "j2")).body()).contains("\"limitRemaining\":1,");
  }

  @Test
  void shouldSayWhatIsWrongWithARequest() throws Exception {
    expect("400 this is no request: ", "{");
    expect("400 this is no request: ", "[]");
    expect("400 this is no request: ", "{\"domain\":5,\"no such field\":1}");
    expect("400 this is no request: ", "[".repeat(50_000));
    expect("400 rate limit domain must not be empty", "{}");
    expect("400 rate limit descriptor list must not be empty", "{\"domain\":\"edge\"}");
    expect("413 ", "{\"domain\":\"" + "x".repeat(300_000) + "\"}");
    assertThat(get("/json")).startsWith("400 this is no request: ");
    expect(
        "400 ",
        "{\"domain\":\"edge\",\"descriptors\":[{\"entries\":[{\"key\":\"user\",\"value\":\"\\ud800\"}]}]}");
  }

  @Test
  void shouldLetNoPageOfAnotherSiteAsk() throws Exception {
    HttpResponse<String> answer = post("{}", "Origin", "https://other.example");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).isEqualTo("a page of another site may not ask for this");
  }

  @Test
  void shouldHaveARequestToTry() throws Exception {
    EnvoyDoor door = countess.envoy().orElseThrow();
    assertThat(door.isConfigured()).isTrue();
    assertThat(door.example())
        .hasValue(
            "{\"domain\":\"edge\",\"descriptors\":[{\"entries\":[{\"key\":\"per\",\"value\":\"second\"}]}]}");
    expect("200 {\"overallCode\":\"OK\"", door.example().orElseThrow());
  }

  @Test
  void shouldTellItsHealth() {
    await().untilAsserted(() -> assertThat(get("/healthcheck")).isEqualTo("200 OK"));
  }

  @Test
  void shouldHaveNothingElse() throws Exception {
    assertThat(get("/")).isEqualTo("404 404 page not found\n");
    assertThat(get("/json/")).startsWith("404 ");
  }
}
