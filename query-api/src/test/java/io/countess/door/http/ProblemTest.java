package io.countess.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a request is told in one form. */
class ProblemTest {
  @RegisterExtension final Api api = new Api();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2",
        "/v1",
        "/v1/",
        "/v1/namespaces/n/keys/k/",
        "/v1/namespaces/n/keys/k/more",
        "//v1/namespaces/n/keys/k",
        "/V1/namespaces/n/keys/k",
        "/%76%31/namespaces/n/keys/k"
      })
  void shouldNotFindAnUnknownPath(String path) {
    var response = api.get(path);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(Api.json(response).get("type").asText()).isEqualTo("urn:countess:problem:not-found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PATCH", "OPTIONS", "BREW", "TRACE"})
  void shouldSayWhichMethodsAPathTakes(String method) {
    var request = api.request("/v1/namespaces/n/keys/k").method(method, BodyPublishers.noBody());

    var response = api.send(request);

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).hasValue("DELETE, GET, HEAD, POST, PUT");
    assertThat(Api.json(response).get("type").asText())
        .isEqualTo("urn:countess:problem:method-not-allowed");
  }

  @Test
  void shouldSayWhichMethodsTheWholeServerTakes() {
    String reply = api.raw("OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertThat(reply)
        .startsWith("HTTP/1.1 204")
        .containsIgnoringCase("\r\nAllow: DELETE, GET, HEAD, OPTIONS, POST, PUT\r\n");
  }

  @Test
  void shouldNotLetAHeaderChangeTheMethod() {
    api.get("/v1/namespaces/n/keys/k", "X-HTTP-Method-Override", "DELETE");

    assertThat(api.commands.taken).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GARBAGE\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET /../x HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /%2e%2e/x HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /x#y HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nHost: i\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
        "CONNECT /v1/totals HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "POST /v1/namespaces/n/keys/k HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
      })
  void shouldRefuseBrokenHttpInTheSameForm(String request) {
    assertThat(api.raw(request))
        .startsWith("HTTP/1.1 400")
        .contains("application/problem+json", "urn:countess:problem:malformed-request");
  }

  @Test
  void shouldRefuseHeadersThatAreTooLarge() {
    String headers =
        "Host: localhost\r\nConnection: close\r\nX: " + "x".repeat(40_000) + "\r\n\r\n";

    assertThat(api.raw("GET / HTTP/1.1\r\n" + headers))
        .startsWith("HTTP/1.1 431")
        .contains("application/problem+json");
    assertThat(api.raw("GET /" + "x".repeat(40_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 414")
        .contains("application/problem+json");
  }

  @Test
  void shouldHearOutAModerateBodyThatItRefuses() {
    String body = " ".repeat(900_000);

    for (int i = 0; i < 20; i++) {
      assertThat(api.post("/v1/namespaces/n/keys/k", body).statusCode()).isEqualTo(413);
      assertThat(api.post("/nowhere", body).statusCode()).isEqualTo(404);
      assertThat(api.put("/v1/totals", body).statusCode()).isEqualTo(405);
    }
  }

  @Test
  void shouldRefuseABodyThatEndsEarly() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.server.port())) {
      String request =
          "POST /v1/namespaces/n/keys/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 400");
    }
    assertThat(api.commands.taken).isEmpty();
  }
}
