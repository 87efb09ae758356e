package io.countess.door.metricnexus;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.server.AllDoors;
import io.countess.server.Countess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.hawkular.agent.prometheus.text.TextPrometheusMetricsProcessor;
import org.hawkular.agent.prometheus.types.Counter;
import org.hawkular.agent.prometheus.types.Gauge;
import org.hawkular.agent.prometheus.types.Histogram;
import org.hawkular.agent.prometheus.types.MetricFamily;
import org.hawkular.agent.prometheus.types.Summary;
import org.hawkular.agent.prometheus.walkers.PrometheusMetricsWalker;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** MetricNexus's REST at a whole service, over HTTPS, as its clients see it. */
class WireTest {
  private static final String TEXT = "text/plain; charset=utf-8";

  private static Countess countess;
  private static NexusPeer peer;

  @BeforeAll
  static void start() {
    countess = AllDoors.shared();
    peer = Nexus.peer(countess);
  }

  @Test
  void shouldAnswerEachRouteWhereThereIsAMetric() {
    assertThat(peer.post("/routes", "what it is")).isEqualTo("201 Created");
    assertThat(peer.get("/routes")).isEqualTo("200 0");
    assertThat(peer.put("/routes", "13.75")).isEqualTo("204");
    assertThat(peer.put("/routes/inc", "")).isEqualTo("204");
    assertThat(peer.put("/routes/dec", "")).isEqualTo("204");
    assertThat(peer.put("/routes/add", "2.25")).isEqualTo("204");
    assertThat(peer.put("/routes/sub", "0.5")).isEqualTo("204");
    assertThat(peer.get("/routes")).isEqualTo("200 15.5");
    assertThat(peer.delete("/routes")).isEqualTo("204");
    assertThat(peer.get("/routes")).isEqualTo("404 Not Found");
  }

  @Test
  void shouldAnswerEachRouteWhereThereIsNone() {
    assertThat(peer.get("/none")).isEqualTo("404 Not Found");
    assertThat(peer.put("/none", "1")).isEqualTo("404 Not Found");
    assertThat(peer.delete("/none")).isEqualTo("404 Not Found");
    for (String action : new String[] {"inc", "dec", "add", "sub"}) {
      assertThat(peer.put("/none/" + action, "1")).as(action).isEqualTo("200 OK");
    }
    assertThat(peer.get("/none")).isEqualTo("404 Not Found");
  }

  @Test
  void shouldSayWhatFiberSaysInHeaders() {
    NexusPeer.Answer created = peer.ask("POST", "/headers", "");
    assertThat(created.header("Content-Type")).hasValue(TEXT);
    assertThat(peer.ask("GET", "/headers", "").header("Content-Type")).hasValue(TEXT);
    NexusPeer.Answer done = peer.ask("PUT", "/headers", "1");
    assertThat(done.header("Content-Type")).isEmpty();
    assertThat(done.body()).isEmpty();
    assertThat(peer.ask("HEAD", "/headers", "").told()).isEqualTo("200");
  }

  @Test
  void shouldKeepValueAndDescriptionOfWhatIsThere() {
    peer.post("/kept", "the first");
    peer.put("/kept", "7");
    assertThat(peer.post("/kept", "the second")).isEqualTo("200 OK");
    assertThat(peer.get("/kept")).isEqualTo("200 7");
    assertThat(peer.get("/__metrics")).contains("# HELP kept the first\n");
  }

  @Test
  void shouldStartAgainAtNothingAfterADelete() {
    peer.post("/again", "the first");
    peer.put("/again", "7");
    peer.delete("/again");
    assertThat(peer.put("/again/inc", "")).isEqualTo("200 OK");
    assertThat(peer.post("/again", "the second")).isEqualTo("201 Created");
    assertThat(peer.get("/again")).isEqualTo("200 0");
    assertThat(peer.get("/__metrics")).contains("# HELP again the second\n");
  }

  @Test
  void shouldTakeWhatIsNoNumberForZero() {
    peer.post("/garbage", "");
    for (String garbage : new String[] {"", "garbage", " 5", "5 ", "5\n", "1,5", "\u0000"}) {
      peer.put("/garbage", "5");
      assertThat(peer.put("/garbage/add", garbage)).isEqualTo("204");
      assertThat(peer.put("/garbage/sub", garbage)).isEqualTo("204");
      assertThat(peer.get("/garbage")).isEqualTo("200 5");
      assertThat(peer.put("/garbage", garbage)).isEqualTo("204");
      assertThat(peer.get("/garbage")).isEqualTo("200 0");
    }
  }

  @Test
  void shouldFormatValuesAsGoDoes() {
    peer.post("/format", "");
    var samples = new HashMap<String, String>();
    samples.put("0", "0");
    samples.put("999999", "999999");
    samples.put("1000000", "1e+06");
    samples.put("1234567", "1.234567e+06");
    samples.put("20971521.5", "2.09715215e+07");
    samples.put("0.0001", "0.0001");
    samples.put("0.00001", "1e-05");
    samples.put("13.75", "13.75");
    samples.put("1e21", "1e+21");
    samples.put("-0x1.8p1", "-3");
    samples.put("1_000", "1000");
    samples.put("1.7976931348623157e308", "1.7976931348623157e+308");
    samples.put("5e-324", "5e-324");
    samples.forEach(
        (sent, shown) -> {
          assertThat(peer.put("/format", sent)).isEqualTo("204");
          assertThat(peer.get("/format")).as(sent).isEqualTo("200 " + shown);
          assertThat(peer.get("/__metrics")).contains("\nformat " + shown + "\n");
        });
  }

  @Test
  void shouldAddInDoublePrecision() {
    peer.post("/double", "");
    peer.put("/double/add", "0.1");
    peer.put("/double/add", "0.2");
    assertThat(peer.get("/double")).isEqualTo("200 0.30000000000000004");
    peer.put("/double", "9007199254740992");
    peer.put("/double/inc", "");
    assertThat(peer.get("/double")).isEqualTo("200 9.007199254740992e+15");
  }

  @Test
  void shouldSanitiseNamesAndDecodeNothing() {
    assertThat(peer.post("/My-Metric%201", "")).isEqualTo("201 Created");
    assertThat(peer.post("/my_metric201", "")).isEqualTo("200 OK");
    peer.put("/MY.-METRIC2(0)1/inc", "");
    assertThat(peer.get("/my-metric201")).isEqualTo("200 1");
    assertThat(peer.get("/__metrics")).contains("\nmy_metric201 1\n");
  }

  @Test
  void shouldRefuseNamesThatWouldHaveEndedMetricNexus() {
    for (String name : new String[] {"1a", "%20", "!", "__metrics", "--METRICS"}) {
      assertThat(peer.post("/" + name, "")).as(name).startsWith("400 a name must begin with");
      assertThat(peer.put("/" + name, "1")).as(name).isEqualTo("404 Not Found");
      assertThat(peer.put("/" + name + "/inc", "")).as(name).isEqualTo("200 OK");
      assertThat(peer.delete("/" + name)).as(name).isEqualTo("404 Not Found");
    }
    assertThat(peer.post("/" + "a".repeat(5000), "")).startsWith("400 ");
    assertThat(peer.get("/" + "a".repeat(5000))).isEqualTo("404 Not Found");
  }

  @Test
  void shouldSayWhichMethodsThereAre() {
    NexusPeer.Answer metric = peer.ask("PATCH", "/a", "");
    assertThat(metric.told()).isEqualTo("405 Method Not Allowed");
    assertThat(metric.header("Allow")).hasValue("GET, HEAD, POST, PUT, DELETE");
    NexusPeer.Answer action = peer.ask("GET", "/a/inc", "");
    assertThat(action.told()).isEqualTo("405 Method Not Allowed");
    assertThat(action.header("Allow")).hasValue("PUT");
    assertThat(peer.get("/")).isEqualTo("404 Cannot GET /");
    assertThat(peer.get("/a/b")).isEqualTo("404 Cannot GET /a/b");
    assertThat(peer.get("/a/b/<c>")).isEqualTo("404 Cannot GET /a/b/&lt;c&gt;");
  }

  @Test
  void shouldPassOverASlashAtTheEndAndTheCaseOfActions() {
    peer.post("/slash/", "");
    assertThat(peer.put("/slash/INC/", "")).isEqualTo("204");
    assertThat(peer.get("/slash")).isEqualTo("200 1");
  }

  @Test
  void shouldCutLongDescriptionsAndRefuseLongBodies() {
    assertThat(peer.post("/long", "d".repeat(5000))).isEqualTo("201 Created");
    assertThat(peer.get("/__metrics")).contains("# HELP long " + "d".repeat(1024) + "\n");
    assertThat(peer.put("/long", "1".repeat(200_000) + "e-200000")).isEqualTo("204");
    assertThat(peer.get("/long")).isEqualTo("200 0.1111111111111111");
    String tooLong =
        "PUT /long HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
            .formatted((4 << 20) + 1);
    assertThat(new String(peer.send(tooLong.getBytes(US_ASCII)), US_ASCII))
        .startsWith("HTTP/1.1 413 ")
        .endsWith("\r\n\r\nRequest Entity Too Large");
  }

  @Test
  void shouldHoldFiniteNumbersOnly() {
    peer.post("/finite", "");
    peer.put("/finite", "5");
    assertThat(peer.put("/finite", "NaN")).isEqualTo("400 NaN is not a finite number");
    assertThat(peer.put("/finite/add", "1e999")).isEqualTo("400 +Inf is not a finite number");
    for (String none : new String[] {"nan", "+Inf", "-inf", "Infinity", "-1e999", "0x1p1024"}) {
      assertThat(peer.put("/finite", none)).startsWith("400 ").endsWith(" is not a finite number");
      assertThat(peer.put("/finite/sub", none)).startsWith("400 ");
    }
    assertThat(peer.put("/finite-none", "NaN")).isEqualTo("404 Not Found");
    assertThat(peer.put("/finite-none/add", "NaN")).isEqualTo("200 OK");
    assertThat(peer.get("/finite")).isEqualTo("200 5");
    peer.put("/finite", "1.7e308");
    assertThat(peer.put("/finite/add", "1.7e308"))
        .isEqualTo("400 impossible: n is 1.7E308; the value would be infinite");
  }

  /** Anybody can own that name, and let it point to this machine. */
  @Test
  void shouldNotTakeTheNameOfItsCertificateForThisMachine() {
    String request = "GET /named HTTP/1.1\r\nHost: local.nexus:4096\r\nConnection: close\r\n\r\n";
    assertThat(new String(peer.send(request.getBytes(US_ASCII)), US_ASCII))
        .startsWith("HTTP/1.1 403 ")
        .endsWith(
            "\r\n\r\nthe host local.nexus:4096 is not this one; --insecure or keys let it in");
  }

  /** What Prometheus makes of the page. */
  private static Map<String, String> scrape() throws IOException {
    NexusPeer.Answer page = peer.ask("GET", "/__metrics", "");
    assertThat(page.header("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
    var read = new HashMap<String, String>();
    byte[] bytes = page.body().getBytes(StandardCharsets.UTF_8);
    new TextPrometheusMetricsProcessor(new ByteArrayInputStream(bytes), new Reading(read)).walk();
    return read;
  }

  @Test
  void shouldBeReadByAParserOfPrometheus() throws IOException {
    peer.post("/parsed_a", "with \\ and\na line, and \u00e9");
    peer.put("/parsed_a", "20971521.5");
    peer.post("/parsed_b", "");
    peer.put("/parsed_b", "-0.00001");
    assertThat(scrape())
        .containsEntry("parsed_a", "2.09715215E7 with \\ and\na line, and \u00e9")
        .containsEntry("parsed_b", "-1.0E-5 ");
    assertThat(peer.get("/__metrics"))
        .contains(
            "# HELP parsed_a with \\\\ and\\na line, and \u00e9\n# TYPE parsed_a gauge\n"
                + "parsed_a 2.09715215e+07\n# HELP parsed_b \n# TYPE parsed_b gauge\n"
                + "parsed_b -1e-05\n");
  }

  @Test
  void shouldCountItsClientsAsAMetric() {
    peer.get("/anything");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(peer.get("/__metrics"))
                    .contains(
                        "# HELP metric_nexus_clients The total number of clients that used"
                            + " MetricNexus within the last hour.\n"
                            + "# TYPE metric_nexus_clients gauge\n"));
    assertThat(peer.put("/metric_nexus_clients", "5")).isEqualTo("204");
    assertThat(peer.post("/metric_nexus_clients", "")).isEqualTo("200 OK");
  }

  @Test
  void shouldMeterItsRequests() throws Exception {
    peer.get("/metered");
    assertThat(countess.metricNexus().orElseThrow().url()).startsWith("https://127.0.0.1:");
    var request = HttpRequest.newBuilder(URI.create(countess.url() + "/metrics")).build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body())
        .containsPattern(
            "countess_door_requests_seconds_count\\{command=\"read\",door=\"metricnexus\","
                + "outcome=\"done\"} ");
  }

  /** Writes down gauges, and fails for anything else. */
  private record Reading(Map<String, String> read) implements PrometheusMetricsWalker {
    @Override
    public void walkStart() {
      read.clear();
    }

    @Override
    public void walkFinish(int families, int metrics) {
      assertThat(read).hasSize(metrics);
    }

    @Override
    public void walkMetricFamily(MetricFamily family, int index) {
      assertThat(family.getMetrics()).hasSize(1);
    }

    @Override
    public void walkGaugeMetric(MetricFamily family, Gauge gauge, int index) {
      assertThat(gauge.getLabels()).isEmpty();
      read.put(gauge.getName(), gauge.getValue() + " " + family.getHelp());
    }

    @Override
    public void walkCounterMetric(MetricFamily family, Counter counter, int index) {
      throw new AssertionError("a counter: " + counter);
    }

    @Override
    public void walkSummaryMetric(MetricFamily family, Summary summary, int index) {
      throw new AssertionError("a summary: " + summary);
    }

    @Override
    public void walkHistogramMetric(MetricFamily family, Histogram histogram, int index) {
      throw new AssertionError("a histogram: " + histogram);
    }
  }
}
