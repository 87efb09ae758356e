package io.countess.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ids, quotas and policies of every kind over HTTP, through a real fold. */
class QuotaServiceTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String KEY = "Idempotency-Key";

  @TempDir static Path data;
  private static Countess countess;

  /** What was answered. */
  private record Answer(int status, Map<String, String> headers, JsonNode body) {
    String text(String field) {
      return body.path(field).asText();
    }

    long number(String field) {
      return body.path(field).asLong();
    }
  }

  @BeforeAll
  static void start() throws InterruptedException {
    var flags = new EnumMap<Setting, String>(Setting.class);
    flags.put(Setting.DATA, data.toString());
    flags.put(Setting.HTTP_PORT, "0");
    flags.put(Setting.KAFKA_PORT, "0");
    countess = Countess.start(CountessConfig.of(Settings.read(flags, Map.of())));
    assertThat(countess.awaitReady(Duration.ofSeconds(60))).isTrue();
  }

  @AfterAll
  static void stop() {
    countess.close();
  }

  @Test
  void shouldCountAPutOnceHoweverOftenItIsSent() {
    policy("once", "{'kind':'total','limit':5}");

    var first = send("POST", "/v1/namespaces/once/keys/a", "{'n':2}", KEY, "order-1");
    var again = send("POST", "/v1/namespaces/once/keys/a", "{'n':2}", KEY, "order-1");
    var inBody = send("POST", "/v1/namespaces/once/keys/a", "{'n':2,'id':'order-1'}");

    assertThat(first.body().has("replayed")).isFalse();
    for (var replay : new Answer[] {again, inBody}) {
      assertThat(replay.status()).isEqualTo(200);
      assertThat(replay.body().get("replayed").asBoolean()).isTrue();
      assertThat(replay.text("position")).isEqualTo(first.text("position"));
      assertThat(replay.number("count")).isEqualTo(2);
    }
    assertThat(count("once", "a").number("count")).isEqualTo(2);
    assertThat(count("once", "a").headers()).containsEntry("ratelimit", "\"limit\";r=3");
  }

  @Test
  void shouldRefuseTheSameIdForSomethingElse() {
    policy("conflict", "{'kind':'total'}");
    send("POST", "/v1/namespaces/conflict/keys/a", "{'n':2}", KEY, "order-1");

    var other = send("POST", "/v1/namespaces/conflict/keys/a", "{'n':3}", KEY, "order-1");
    var elsewhere = send("POST", "/v1/namespaces/conflict/keys/b", "{'n':3}", KEY, "order-1");

    assertThat(other.status()).isEqualTo(409);
    assertThat(other.text("type")).isEqualTo("urn:countess:problem:conflict");
    assertThat(elsewhere.status()).as("each counter has ids of its own").isEqualTo(200);
    assertThat(count("conflict", "a").number("count")).isEqualTo(2);
  }

  @Test
  void shouldClaimAllOrNothingAndGiveItBack() {
    policy("seats", "{'kind':'total','limit':3}");
    policy("meals", "{'kind':'window','period':'year','limit':5}");

    var taken = claim("order-1", 2);
    var refused = claim("order-2", 2);
    var replayed = claim("order-1", 2);

    assertThat(taken.status()).isEqualTo(200);
    assertThat(taken.body().at("/parts/0/remaining").asLong()).isEqualTo(1);
    assertThat(taken.body().at("/parts/1/remaining").asLong()).isEqualTo(3);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.body().at("/parts/0/outcome").asText()).isEqualTo("refused");
    assertThat(replayed.body().get("replayed").asBoolean()).isTrue();
    assertThat(count("meals", "{7}").number("count")).as("not half of it").isEqualTo(2);

    var back = send("POST", "/v1/namespaces/seats/keys/%7B7%7D/release", "{'of':'order-1'}");
    assertThat(back.status()).isEqualTo(200);
    assertThat(back.body().at("/parts/1/released").asLong()).isEqualTo(2);
    assertThat(count("seats", "{7}").number("count")).isZero();
    assertThat(count("meals", "{7}").number("count")).isZero();
    assertThat(claim("order-2", 2).status()).isEqualTo(200);
  }

  @Test
  void shouldReleaseInPartsAndNeverMoreThanIsLeft() {
    policy("parts", "{'kind':'total','limit':10}");
    String release = "/v1/namespaces/parts/keys/a/release";
    send("POST", "/v1/namespaces/parts/keys/a", "{'n':5}", KEY, "order-1");

    var two = send("POST", release, "{'of':'order-1','n':2,'id':'back-1'}");
    var again = send("POST", release, "{'of':'order-1','n':2,'id':'back-1'}");
    var rest = send("POST", release, "{'of':'order-1','n':9}");
    var nothing = send("POST", release, "{'of':'order-1'}");
    var unknown = send("POST", release, "{'of':'order-2'}");

    assertThat(two.number("released")).isEqualTo(2);
    assertThat(two.number("count")).isEqualTo(3);
    assertThat(again.body().get("replayed").asBoolean()).isTrue();
    assertThat(rest.number("released")).isEqualTo(3);
    assertThat(nothing.number("released")).isZero();
    assertThat(nothing.status()).isEqualTo(200);
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(count("parts", "a").number("count")).isZero();
  }

  @Test
  void shouldCountInWindows() {
    policy("window", "{'kind':'window','period':'year','zone':'Europe/Berlin','limit':5}");

    var put = send("POST", "/v1/namespaces/window/keys/a", "{'n':4}");
    var refused = send("POST", "/v1/namespaces/window/keys/a", "{'n':2}");
    var back = send("POST", "/v1/namespaces/window/keys/a", "{'n':-3}");

    assertThat(put.number("remaining")).isEqualTo(1);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.number("retryAfterMillis")).isPositive();
    assertThat(back.number("count")).isEqualTo(1);
  }

  @Test
  void shouldKeepGauges() {
    policy("gauge", "{'kind':'gauge','description':'°C','max':60}");

    var set = send("PUT", "/v1/namespaces/gauge/keys/hall", "{'value':21}");
    var put = send("POST", "/v1/namespaces/gauge/keys/hall", "{'n':0.5}");
    var refused = send("PUT", "/v1/namespaces/gauge/keys/hall", "{'value':60.5}");
    send("PUT", "/v1/namespaces/gauge/keys/roof", "{'value':-1.5}");

    assertThat(set.body().get("count").toString()).isEqualTo("21.0");
    assertThat(put.body().get("count").toString()).isEqualTo("21.5");
    assertThat(refused.status()).isEqualTo(429);
    var keys = send("GET", "/v1/namespaces/gauge/keys", null).body().get("keys");
    assertThat(keys.toString().replace('"', '\''))
        .isEqualTo("[{'key':'hall','count':21.5},{'key':'roof','count':-1.5}]");
  }

  @Test
  void shouldOnlyReportWhatAPolicyObserves() {
    policy("observe", "{'kind':'total','limit':1,'mode':'observe'}");
    send("POST", "/v1/namespaces/observe/keys/a", null);

    var above = send("POST", "/v1/namespaces/observe/keys/a", null);

    assertThat(above.status()).isEqualTo(200);
    assertThat(above.body().get("wouldRefuse").asBoolean()).isTrue();
    assertThat(above.text("reason")).isNotEmpty();
    assertThat(count("observe", "a").number("count")).isEqualTo(2);

    policy("observe", "{'kind':'total','limit':1}");
    assertThat(send("POST", "/v1/namespaces/observe/keys/a", null).status()).isEqualTo(429);
  }

  @Test
  void shouldChangeAPolicyOnlyWhereNobodyElseHas() {
    String path = "/v1/namespaces/versions";
    String policy = "{'policy':{'kind':'total','limit':%d}}";

    var first = send("PUT", path, policy.formatted(1), "If-None-Match", "*");
    var tooLate = send("PUT", path, policy.formatted(2), "If-None-Match", "*");
    String version = send("GET", path, null).headers().get("etag");
    var second = send("PUT", path, policy.formatted(2), "If-Match", version);
    var outdated = send("DELETE", path, null, "If-Match", version);

    assertThat(first.status()).isEqualTo(200);
    assertThat(second.status()).isEqualTo(200);
    for (var refused : new Answer[] {tooLate, outdated}) {
      assertThat(refused.status()).isEqualTo(412);
      assertThat(refused.text("type")).isEqualTo("urn:countess:problem:outdated");
    }
    var history = send("GET", path + "/policy/history", null).body().get("history");
    assertThat(history).hasSize(2);
    assertThat(history.at("/0/policy/limit").asInt()).isEqualTo(2);
    assertThat("\"" + history.at("/1/version").asText() + "\"").isEqualTo(version);
  }

  @Test
  void shouldChangeTheDefaultPolicyOnlyWhereNobodyElseHas() {
    String path = "/v1/default-policy";
    String policy = "{'policy':{'kind':'expiring','ttl':'%ds'}}";

    var first = send("PUT", path, policy.formatted(61), "If-None-Match", "*");
    var tooLate = send("PUT", path, policy.formatted(62), "If-None-Match", "*");
    String version = send("GET", path, null).headers().get("etag");
    var back = send("PUT", path, policy.formatted(60), "If-Match", version);

    assertThat(first.status()).isEqualTo(200);
    assertThat(tooLate.status()).isEqualTo(412);
    assertThat(back.status()).isEqualTo(200);
    var history = send("GET", path + "/history", null).body().get("history");
    assertThat(history).hasSize(2);
    assertThat(history.at("/0/policy/ttl").asText()).isEqualTo("1m");
    assertThat("\"" + history.at("/1/version").asText() + "\"").isEqualTo(version);
  }

  @Test
  void shouldForetellWhatAPutLeadsTo() {
    policy("peek", "{'kind':'total','limit':5}");
    send("POST", "/v1/namespaces/peek/keys/a", "{'n':3}");

    var fits = send("GET", "/v1/namespaces/peek/keys/a?n=2", null);
    var tooMany = send("GET", "/v1/namespaces/peek/keys/a?n=3", null);

    assertThat(fits.body().get("wouldAccept").asBoolean()).isTrue();
    assertThat(tooMany.body().get("wouldAccept").asBoolean()).isFalse();
    assertThat(tooMany.body().has("retryAfterMillis")).as("waiting does not help").isFalse();
    var refused = send("POST", "/v1/namespaces/peek/keys/a", "{'n':3}");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.text("reason")).isEqualTo(tooMany.text("reason"));
    assertThat(send("POST", "/v1/namespaces/peek/keys/a", "{'n':2}").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "expires|{'kind':'expiring','ttl':'7s','limit':3}",
        "leaks|{'kind':'leaky','rate':'7/m','capacity':3}",
        "turns|{'kind':'window','period':'minute','limit':3}",
      })
  void shouldAcceptAfterExactlyTheTimeThatARefusalTells(String namespace, String policy) {
    policy(namespace, policy);
    String path = "/v1/namespaces/" + namespace + "/keys/a";
    long tenSeconds = (System.currentTimeMillis() - 45_000) / 10_000;
    long start = tenSeconds * 10_000 + 1_000; // not where one minute ends and another begins
    assertThat(send("POST", path, "{'n':3,'at':%d}".formatted(start)).status()).isEqualTo(200);

    var refused = send("POST", path, "{'n':2,'at':%d}".formatted(start + 1));
    long at = start + 1 + refused.number("retryAfterMillis");
    long peeked = send("GET", path + "?n=2&at=" + (start + 1), null).number("retryAfterMillis");
    var early = send("GET", path + "?n=2&at=" + (at - 1), null);
    var exact = send("GET", path + "?n=2&at=" + at, null);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(peeked).isEqualTo(refused.number("retryAfterMillis"));
    assertThat(early.body().get("wouldAccept").asBoolean()).isFalse();
    assertThat(early.number("retryAfterMillis")).isEqualTo(1);
    assertThat(exact.body().get("wouldAccept").asBoolean()).isTrue();
    assertThat(send("POST", path, "{'n':2,'at':%d}".formatted(at - 1)).status()).isEqualTo(429);
    assertThat(send("POST", path, "{'n':2,'at':%d}".formatted(at)).status()).isEqualTo(200);
  }

  private static Answer claim(String id, int n) {
    String counters =
        "{'counters':[{'namespace':'seats','key':'{7}','n':%d},"
            + "{'namespace':'meals','key':'{7}','n':%d}]}";
    return send("POST", "/v1/claims", counters.formatted(n, n), KEY, id);
  }

  private static Answer count(String namespace, String key) {
    String encoded = key.replace("{", "%7B").replace("}", "%7D");
    return send("GET", "/v1/namespaces/" + namespace + "/keys/" + encoded, null);
  }

  private static void policy(String namespace, String policy) {
    var set = send("PUT", "/v1/namespaces/" + namespace, "{'policy':" + policy + "}");
    assertThat(set.status()).as(set.body().toString()).isEqualTo(200);
  }

  /**
   * Sends a request.
   *
   * @param body with single quotes for double ones; null for none
   */
  private static Answer send(String method, String path, String body, String... headers) {
    var publisher =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.replace('\'', '"'));
    var request = HttpRequest.newBuilder(URI.create(countess.url() + path));
    request.method(method, publisher);
    try {
      var response =
          CLIENT.send(
              (headers.length == 0 ? request : request.headers(headers)).build(),
              BodyHandlers.ofString());
      var first = new TreeMap<String, String>();
      response.headers().map().forEach((name, values) -> first.put(name, values.get(0)));
      return new Answer(response.statusCode(), first, JSON.readTree(response.body()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
