package io.countess.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.server.Alone;
import io.countess.server.Countess;
import io.countess.server.Setting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the HTTP server refuses before a door is asked has the form of the door's own errors. */
class BrokenHttpTest {
  private static final String END = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  private static final String GARBAGE = "GARBAGE\r\n\r\n";
  private static final String NO_PATH = "GET /%zz" + END;
  private static final String LONG = "GET /" + "x".repeat(40_000) + END;
  private static final String LARGE =
      "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(40_000) + "\r\n\r\n";

  private static final String WHY_NO_PATH =
      "the path can't be read: each '%' in it must be followed by two hexadecimal digits, as %25 is"
          + " for '%' itself, and not by 00";

  @TempDir static Path data;
  private static Countess countess;

  @BeforeAll
  static void start() throws InterruptedException {
    var settings = new EnumMap<Setting, String>(Setting.class);
    settings.putAll(Map.of(Setting.ALL_DOORS, "true", Setting.METRIC_NEXUS_TLS, "off"));
    for (Setting port :
        new Setting[] {
          Setting.DRACULA_PORT,
          Setting.DRACULA_REST_PORT,
          Setting.REDIS_PORT,
          Setting.METRIC_NEXUS_PORT,
          Setting.ENVOY_PORT,
          Setting.ENVOY_JSON_PORT,
          Setting.TENANTS_PORT
        }) {
      settings.put(port, "0");
    }
    countess = Alone.start(data, "memory", settings);
  }

  @AfterAll
  static void stop() {
    countess.close();
  }

  /** Status, content type and content. */
  private static String say(String url, String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(url).getPort())) {
      socket.getOutputStream().write(request.getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      String type = answer.replaceFirst("(?is).*?\r\ncontent-type: ([^\r]*).*", "$1");
      return "%s %s %s"
          .formatted(
              answer.substring(9, 12), type, answer.substring(answer.indexOf("\r\n\r\n") + 4));
    }
  }

  @Test
  void shouldTellClientsOfDraculaByMessageAndDetails() throws IOException {
    String url = countess.dracula().orElseThrow().restUrl().orElseThrow();
    String told = "%s application/json {\"message\":\"%s\",\"details\":\"%s\"}\n";
    assertThat(say(url, GARBAGE)).isEqualTo(told.formatted(400, "Bad request", "No URI"));
    assertThat(say(url, LONG)).isEqualTo(told.formatted(414, "URI Too Long", "URI Too Long"));
    String large = "Request Header Fields Too Large";
    assertThat(say(url, LARGE)).isEqualTo(told.formatted(431, large, large));
  }

  @Test
  void shouldTellClientsOfCounterApiByACode() throws IOException {
    String url = countess.tenants().orElseThrow().url();
    String told = "%s application/json {\"errors\":[{\"code\":\"%s\",\"message\":\"%s\"}]}";
    assertThat(say(url, GARBAGE)).isEqualTo(told.formatted(400, "BAD_REQUEST", "No URI"));
    assertThat(say(url, NO_PATH)).isEqualTo(told.formatted(400, "BAD_REQUEST", WHY_NO_PATH));
    assertThat(say(url, LONG)).isEqualTo(told.formatted(414, "URI_TOO_LONG", "URI Too Long"));
    assertThat(say(url, LARGE))
        .isEqualTo(
            told.formatted(
                431, "REQUEST_HEADER_FIELDS_TOO_LARGE", "Request Header Fields Too Large"));
  }

  @Test
  void shouldTellClientsOfMetricNexusTheStatus() throws IOException {
    String url = countess.metricNexus().orElseThrow().url();
    String told = "%s text/plain; charset=utf-8 %s";
    assertThat(say(url, GARBAGE)).isEqualTo(told.formatted(400, "Bad Request"));
    assertThat(say(url, LONG)).isEqualTo(told.formatted(414, "URI Too Long"));
    assertThat(say(url, LARGE)).isEqualTo(told.formatted(431, "Request Header Fields Too Large"));
  }

  @Test
  void shouldTellClientsOfTheRateLimitServiceInAText() throws IOException {
    String url = countess.envoy().orElseThrow().jsonUrl().orElseThrow();
    String told = "%s text/plain; charset=utf-8 %s";
    assertThat(say(url, GARBAGE)).isEqualTo(told.formatted(400, "No URI"));
    assertThat(say(url, NO_PATH)).isEqualTo(told.formatted(400, WHY_NO_PATH));
    assertThat(say(url, LONG)).isEqualTo(told.formatted(414, "URI Too Long"));
    assertThat(say(url, LARGE)).isEqualTo(told.formatted(431, "Request Header Fields Too Large"));
  }

  @Test
  void shouldTellClientsOfTheApiAProblem() throws IOException {
    assertThat(say(countess.url(), LARGE)).startsWith("431 application/problem+json {\"type\":");
  }
}
