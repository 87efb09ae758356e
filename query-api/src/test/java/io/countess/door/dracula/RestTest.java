package io.countess.door.dracula;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.server.AllDoors;
import io.countess.server.Countess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Dracula's REST at a whole service, byte for byte; traps as numbered where they are described. */
class RestTest {
  private static Countess countess;
  private static int rest;
  private static int binary;

  @BeforeAll
  static void start() {
    countess = AllDoors.shared();
    rest = countess.dracula().orElseThrow().restPort().orElseThrow();
    binary = countess.dracula().orElseThrow().port();
  }

  @Test
  void shouldTellItsRoutes() throws IOException {
    assertThat(get("/"))
        .isEqualTo(
            "200 application/json {\"message\":\"OK\",\"details\":\"Dracula rest server - Routes: "
                + " GET /namespaces, GET /count, GET /put\"}\n");
  }

  @Test
  void trap14AnswersEndInALineFeedAndEscapeBrackets() throws IOException {
    assertThat(get("/put?namespace=a%3Cb%3E%26&key=k"))
        .isEqualTo("200 application/json {\"count\":1}\n");
    assertThat(get("/put?namespace=a%3Cb%3E%26&key=k"))
        .isEqualTo("200 application/json {\"count\":2}\n");
    assertThat(get("/namespaces")).contains("\"a\\u003cb\\u003e\\u0026\"").endsWith("]}\n");
    assertThat(get("/%3Cnope%3E"))
        .isEqualTo(
            "404 application/json {\"message\":\"Route not matched\",\"details\":\"GET"
                + " /\\u003cnope\\u003e\"}\n");
  }

  @Test
  void trap15APatternIsAKeyAsItIs() throws IOException {
    get("/put?namespace=trap15&key=ab");
    assertThat(get("/count?namespace=trap15&pattern=a")).endsWith("{\"count\":0}\n");
    assertThat(get("/count?namespace=trap15&pattern=*")).endsWith("{\"count\":0}\n");
    assertThat(get("/count?namespace=trap15&pattern=ab")).endsWith("{\"count\":1}\n");
  }

  @Test
  void trap16OtherMethodsAreRefusedAndSoIsHead() throws IOException {
    assertThat(say("POST /put?namespace=n&key=k", ""))
        .isEqualTo(
            "405 application/json {\"message\":\"Method not allowed\",\"details\":\"POST"
                + " /put\"}\n");
    assertThat(say("HEAD /put?namespace=n&key=k", "")).isEqualTo("405 application/json ");
    assertThat(say("DELETE /nope", "")).startsWith("404 ");
  }

  @Test
  void trap3OnlyBlanksAndLineFeedsAreTrimmed() throws IOException {
    get("/put?namespace=trap3&key=a");
    assertThat(get("/count?namespace=%20trap3%0A&pattern=+a%0A")).endsWith("{\"count\":1}\n");
    assertThat(get("/count?namespace=trap3&pattern=%09a")).endsWith("{\"count\":0}\n");
    assertThat(get("/count?namespace=trap3&pattern=a%C2%A0")).endsWith("{\"count\":0}\n");
  }

  @Test
  void shouldReadQueriesAsGoDoes() throws IOException {
    get("/put?namespace=query&key=a+b");
    assertThat(get("/count?namespace=query&pattern=a%20b&pattern=c&namespace=x"))
        .endsWith("{\"count\":1}\n");
    String missing =
        "400 application/json {\"message\":\"Bad request\",\"details\":\"namespace and key query"
            + " params are required\"}\n";
    assertThat(get("/put?namespace=n&key=a;b")).isEqualTo(missing);
    assertThat(get("/put?namespace=n&key=%zz")).isEqualTo(missing);
    assertThat(get("/put?namespace=n&key=%4")).isEqualTo(missing);
    assertThat(get("/put?namespace=n&key=+%0A")).isEqualTo(missing);
    assertThat(get("/put?namespace=n&key")).isEqualTo(missing);
    assertThat(get("/put")).isEqualTo(missing);
    assertThat(get("/count?namespace=n"))
        .isEqualTo(missing.replace("namespace and key", "namespace and pattern"));
  }

  @Test
  void shouldLeadToCleanPaths() throws IOException {
    String answer = say("GET //put?namespace=n&key=k", "");
    assertThat(answer)
        .isEqualTo(
            "301 text/html; charset=utf-8 <a href=\"/put?namespace=n&amp;key=k\">Moved"
                + " Permanently</a>.\n\n");
    assertThat(get("/a/../count?namespace=n")).startsWith("301 ");
    assertThat(get("/put/?namespace=n&key=k")).startsWith("404 ");
  }

  @Test
  void trap19KeysMayBeLongerThanAPacketAndUpToTheLimit() throws IOException {
    String key = "k".repeat(1500);
    assertThat(get("/put?namespace=trap19&key=" + key)).endsWith("{\"count\":1}\n");
    assertThat(get("/count?namespace=trap19&pattern=" + key)).endsWith("{\"count\":1}\n");
    assertThat(get("/put?namespace=trap19&key=" + "k".repeat(4097)))
        .isEqualTo(
            "400 application/json {\"message\":\"Bad request\",\"details\":\"key is 4097 bytes"
                + " long; at most 4096 bytes are allowed\"}\n");
  }

  @Test
  void trap20NamespacesAreNoLongerThanPacketsHold() throws IOException {
    assertThat(get("/put?key=k&namespace=" + "n".repeat(64))).endsWith("{\"count\":1}\n");
    assertThat(get("/put?key=k&namespace=" + "n".repeat(65)))
        .isEqualTo(
            "400 application/json {\"message\":\"Bad request\",\"details\":\"namespace is 65 bytes"
                + " long; at most 64 bytes are allowed\"}\n");
  }

  @Test
  void shouldCountTheSameAsPackets() throws IOException {
    get("/put?namespace=both&key=%FF");
    try (UdpPeer udp = UdpPeer.to(binary)) {
      byte[] count = Wire.packet('C', "both", "\u00FF");
      assertThat(udp.ask(count)).isEqualTo(Wire.number(count, 1));
      udp.ask(Wire.packet('P', "both", "\u00FF"));
    }
    assertThat(get("/count?namespace=both&pattern=%FF")).endsWith("{\"count\":2}\n");
    get("/put?namespace=%FE%FE&key=k");
    assertThat(get("/namespaces")).contains("\"\\ufffd\\ufffd\"");
  }

  @Test
  void shouldShowSixGaugesAndNothingElse() throws IOException {
    String shown = get("/metrics");
    assertThat(shown).startsWith("200 text/plain; version=0.0.4; charset=utf-8 ");
    assertThat(shown.lines().filter(line -> line.startsWith("# TYPE")))
        .containsExactlyInAnyOrder(
            "# TYPE dracula_max_namespaces_denom gauge",
            "# TYPE dracula_namespaces_count gauge",
            "# TYPE dracula_namespaces_gc_count gauge",
            "# TYPE dracula_keys_in_gc_namespaces gauge",
            "# TYPE dracula_key_sum_in_gc_namespaces gauge",
            "# TYPE dracula_gc_pause_millis gauge");
    assertThat(say("GET /metrics", "Accept: application/openmetrics-text;version=1.0.0\r\n"))
        .startsWith("200 application/openmetrics-text; version=1.0.0; charset=utf-8 ")
        .endsWith("# EOF\n");
  }

  @Test
  void shouldLetNoPageOfAnotherSitePut() throws IOException {
    assertThat(say("GET /put?namespace=n&key=k", "Sec-Fetch-Site: cross-site\r\n"))
        .isEqualTo(
            "403 application/json {\"message\":\"Forbidden\",\"details\":\"a page of another site"
                + " may not ask for this\"}\n");
  }

  private static String get(String path) throws IOException {
    return say("GET " + path, "");
  }

  /** Status, type and body of the answer. */
  private static String say(String request, String headers) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), rest)) {
      String head = request + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers;
      socket.getOutputStream().write((head + "\r\n").getBytes(ISO_8859_1));
      String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      String[] parts = answer.split("\r\n\r\n", 2);
      String type =
          parts[0]
              .lines()
              .filter(line -> line.regionMatches(true, 0, "content-type: ", 0, 14))
              .findFirst()
              .orElseThrow()
              .substring(14);
      return parts[0].substring(9, 12) + " " + type + " " + parts[1];
    }
  }
}
