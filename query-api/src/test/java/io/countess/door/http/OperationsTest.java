package io.countess.door.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.answer.Lag;
import io.countess.answer.OpenTransaction;
import io.countess.answer.Readiness;
import io.countess.answer.Totals;
import io.countess.door.KeysConfig;
import io.countess.event.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationsTest {
  private static final String KEY = "a-key-of-all-scopes";

  @RegisterExtension final Api api = new Api(KEY);

  @Test
  void shouldBeReadyWithItsLag() {
    var behind = new Lag(12, Duration.ofMillis(1500));
    api.queries.readiness =
        new Readiness(true, "running", new TreeMap<>(Map.of(0, behind, 3, Lag.NONE)));

    var response = api.get("/readyz");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(
            "{\"ready\":true,\"state\":\"running\",\"lag\":{\"0\":12,\"3\":0},"
                + "\"lagSeconds\":{\"0\":1.5,\"3\":0.0}}");
  }

  @Test
  void shouldNameTheTransactionsThatHoldPartitionsUp() {
    var open =
        new OpenTransaction(
            "countess.events", 3, 7, 2, Optional.of("loader"), 41, Duration.ofSeconds(12), false);
    api.queries.readiness =
        new Readiness(true, "running", new TreeMap<>(), List.of(open), 0, Optional.empty());

    assertThat(api.get("/readyz").body())
        .isEqualTo(
            "{\"ready\":true,\"state\":\"running\",\"lag\":{},\"lagSeconds\":{},"
                + "\"openTransactions\":[{\"topic\":\"countess.events\",\"partition\":3,"
                + "\"fromOffset\":41,\"producerId\":7,\"producerEpoch\":2,"
                + "\"transactionalId\":\"loader\",\"heldUpSeconds\":12,\"hanging\":false}]}");
  }

  @Test
  void shouldSayByHowMuchTheClockIsBehind() {
    var ready = new Readiness(true, "running", new TreeMap<>());
    api.queries.readiness = ready.withClockBehind(999);
    assertThat(api.get("/readyz").body()).doesNotContain("clock");

    api.queries.readiness = ready.withClockBehind(3_600_000);
    assertThat(api.get("/readyz").statusCode()).isEqualTo(200);
    assertThat(api.get("/readyz").body()).endsWith(",\"clockBehindMillis\":3600000}");
  }

  @Test
  void shouldNameItsTimeZoneData() {
    api.queries.readiness = api.queries.readiness.withZoneData("2026a");

    assertThat(api.get("/readyz").body()).endsWith(",\"zoneData\":\"2026a\"}");
  }

  @Test
  void shouldBeAliveAndNotReadyWhileItRestores() {
    api.queries.readiness = new Readiness(false, "restoring", new TreeMap<>());

    var ready = api.get("/readyz");

    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(ready.body())
        .isEqualTo("{\"ready\":false,\"state\":\"restoring\",\"lag\":{},\"lagSeconds\":{}}");
    assertThat(api.get("/healthz").statusCode()).isEqualTo(200);
    assertThat(api.get("/healthz").body()).isEqualTo("{\"state\":\"restoring\"}");
  }

  @Test
  void shouldNotBeAliveWhenTheFoldIsDeadForGood() {
    api.queries.readiness = new Readiness(false, Readiness.FAILED, new TreeMap<>());

    assertThat(api.get("/healthz").statusCode()).isEqualTo(503);
  }

  /** Probes add what keeps caches from answering. */
  @Test
  void shouldAnswerProbesWhateverTheyAddToThePath() {
    assertThat(api.get("/healthz?1700000000&nocache=%ff").statusCode()).isEqualTo(200);
    assertThat(api.get("/readyz?a=1&a=2").statusCode()).isEqualTo(200);
  }

  @Test
  void shouldShowItsMetricsToReaders() {
    api.registry.counter("countess.folded").increment(7);

    var response = api.get("/metrics", "Authorization", "Bearer " + KEY);

    assertThat(api.get("/metrics").statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
    assertThat(response.body())
        .contains("countess_folded_total 7.0", "countess_http_under_way 0.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip|true",
        "deflate, gzip;q=0.5, br|true",
        "X-GZIP|true",
        "gzip;q=0|false",
        "gzip;q=0.0|false",
        "identity|false",
        "gzipped|false"
      })
  void shouldCompressItsMetricsForThoseWhoTakeThat(String accepted, boolean isCompressed)
      throws Exception {
    var request =
        api.request("/metrics")
            .header("Authorization", "Bearer " + KEY)
            .header("Accept-Encoding", accepted)
            .build();
    var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());

    assertThat(response.headers().firstValue("Vary")).hasValue("Accept-Encoding");
    assertThat(response.headers().firstValue("Content-Encoding").isPresent())
        .isEqualTo(isCompressed);
    InputStream body = new ByteArrayInputStream(response.body());
    byte[] text = (isCompressed ? new GZIPInputStream(body) : body).readAllBytes();
    assertThat(new String(text, StandardCharsets.UTF_8)).contains("countess_http_under_way");
  }

  @Test
  void shouldMeasureRequestsByRouteAndStatus() {
    api.queries.find(Totals.ZERO);

    api.get("/v1/totals", "Authorization", "Bearer " + KEY);
    api.get("/v1/namespaces/a/keys/b");
    api.get("/v1/namespaces/a/keys/c");
    api.get("/nowhere/1");
    api.send(api.request("/nowhere/2").method("BREW", BodyPublishers.noBody()));
    String metrics = api.get("/metrics", "Authorization", "Bearer " + KEY).body();

    assertThat(metrics)
        .contains(
            "countess_http_requests_seconds_count"
                + "{method=\"GET\",route=\"/v1/totals\",status=\"200\"} 1",
            "countess_http_requests_seconds_count"
                + "{method=\"GET\",route=\"/v1/namespaces/{ns}/keys/{key}\",status=\"401\"} 2",
            "countess_http_requests_seconds_count"
                + "{method=\"any\",route=\"none\",status=\"404\"} 2",
            "le=\"0.001\"");
  }

  @Test
  void shouldSayWhichPortIsTaken() {
    var config = new HttpConfig("127.0.0.1", api.server.port());

    assertThatThrownBy(() -> HttpPort.bind(config, KeysConfig.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "http-port %d can't be listened on at 127.0.0.1: Address already in use",
            api.server.port());
  }
}
