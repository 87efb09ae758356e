package io.countess.door.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.door.KeysConfig;
import io.countess.event.InvalidInputException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers are told whose pages come from elsewhere: see the fetch standard's CORS. */
class CrossOriginsTest {
  private static final String APP = "https://app.example.com";
  private static final String EVIL = "https://evil.example";
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String PATH = "/v1/namespaces/n/keys/k";

  @Test
  void shouldTellBrowsersNothingUnlessItIsSetTo() {
    with(
        "",
        Optional.empty(),
        api -> {
          assertThat(preflight(api, APP))
              .startsWith("HTTP/1.1 405")
              .doesNotContain("Access-Control-", "Vary");
          assertThat(put(api, APP, "")).startsWith("HTTP/1.1 403").doesNotContain("Access-Control");
        });
  }

  @Test
  void shouldAnswerAPreflightBeforeItAsksForAKey() {
    with(
        APP + ", http://localhost:3000",
        Optional.of(KEY),
        api -> {
          for (String origin : new String[] {APP, "http://localhost:3000"}) {
            String answer = preflight(api, origin);
            assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .contains("Access-Control-Allow-Origin: " + origin + "\r\n")
                .contains("Access-Control-Allow-Credentials: true", "Access-Control-Max-Age: 600")
                .contains("Vary: Origin");
            assertThat(list(answer, "Access-Control-Allow-Methods"))
                .contains("GET", "POST", "PUT", "DELETE");
            assertThat(list(answer, "Access-Control-Allow-Headers"))
                .contains("Authorization", "Content-Type", "Idempotency-Key", "If-Match");
          }
          assertThat(api.commands.taken).isEmpty();
        });
  }

  @Test
  void shouldLetAPageOfAnAllowedOriginReadWhatItGets() {
    with(
        APP,
        Optional.of(KEY),
        api -> {
          String accepted = put(api, APP, "Authorization: Bearer " + KEY + "\r\n");
          String noKey = put(api, APP, "");

          assertThat(accepted).startsWith("HTTP/1.1 200");
          assertThat(noKey).startsWith("HTTP/1.1 401");
          for (String answer : new String[] {accepted, noKey, preflightOf(api, "/nowhere", APP)}) {
            assertThat(answer).contains("Access-Control-Allow-Origin: " + APP + "\r\n");
          }
          assertThat(list(accepted, "Access-Control-Expose-Headers"))
              .contains("Countess-Position", "ETag", "RateLimit", "Retry-After");
        });
  }

  @Test
  void shouldTellOtherOriginsNothing() {
    with(
        APP,
        Optional.of(KEY),
        api -> {
          for (String origin :
              new String[] {EVIL, APP + ".evil.example", "http://app.example.com"}) {
            assertThat(preflight(api, origin)).doesNotContain("Access-Control");
            assertThat(put(api, origin, "Authorization: Bearer " + KEY + "\r\n"))
                .doesNotContain("Access-Control");
          }
          assertThat(preflight(api, "https://appXexample.com")).doesNotContain("Access-Control");
        });
  }

  @Test
  void shouldAllowNoCredentialsWhereEveryOriginMayCall() {
    with(
        "*",
        Optional.empty(),
        api -> {
          assertThat(preflight(api, EVIL))
              .startsWith("HTTP/1.1 200")
              .contains("Access-Control-Allow-Origin: ")
              .doesNotContain("Allow-Credentials");
          assertThat(put(api, EVIL, "Sec-Fetch-Site: cross-site\r\n")).startsWith("HTTP/1.1 200");
        });
  }

  @Test
  void shouldLetOnlyAllowedOriginsWriteWhereThereAreNoKeys() {
    with(
        APP,
        Optional.empty(),
        api -> {
          assertThat(put(api, APP, "Sec-Fetch-Site: cross-site\r\n")).startsWith("HTTP/1.1 200");
          assertThat(put(api, EVIL, "")).startsWith("HTTP/1.1 403").contains("problem:foreign");
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app.example.com|holds 'app.example.com'; an origin must look like",
        "https://app.example.com/|holds 'https://app.example.com/'; an origin must look like",
        "https://*.example.com|holds 'https://*.example.com'; an origin must look like",
        "https://App.example.com|holds 'https://App.example.com'; an origin must look like",
        "null|holds 'null'; an origin must look like",
        "https://a.example,,https://b.example|holds ''; an origin must look like",
        "*,https://a.example|holds *, which is for every origin, and others too",
      })
  void shouldRefuseWhatNoBrowserSends(String origins, String rule) {
    assertThatThrownBy(() -> CorsOrigins.parse(origins))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("cors-origins " + rule);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://[::1]:3000", "capacitor://localhost", "http://intranet"})
  void shouldTakeWhatBrowsersSend(String origin) {
    assertThat(CorsOrigins.parse(origin).allow(origin)).isTrue();
  }

  private static void with(String origins, Optional<String> key, Consumer<Api> test) {
    var cors = origins.isEmpty() ? CorsOrigins.NONE : CorsOrigins.parse(origins);
    var keys = new KeysConfig(Optional.empty(), key, false);
    var api = new Api(new HttpConfig("127.0.0.1", 0).with(cors), keys);
    api.beforeEach(null);
    try {
      test.accept(api);
    } finally {
      api.afterEach(null);
    }
  }

  private static String preflight(Api api, String origin) {
    return preflightOf(api, PATH, origin);
  }

  private static String preflightOf(Api api, String path, String origin) {
    String asked =
        "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: authorization\r\n";
    return request(api, "OPTIONS " + path, origin, asked);
  }

  private static String put(Api api, String origin, String headers) {
    return request(api, "POST " + PATH, origin, headers);
  }

  /** Java's own client sends no such headers. */
  private static String request(Api api, String line, String origin, String headers) {
    return api.raw(
        line
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nOrigin: "
            + origin
            + "\r\n"
            + headers
            + "\r\n");
  }

  private static String[] list(String answer, String header) {
    return Arrays.stream(answer.split("\r\n"))
        .filter(line -> line.startsWith(header + ": "))
        .findAny()
        .orElse("")
        .substring(header.length() + 2)
        .split(", ?");
  }
}
