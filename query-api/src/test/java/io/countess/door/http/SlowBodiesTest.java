package io.countess.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who stops in the middle of a body keeps nobody else waiting. */
class SlowBodiesTest {
  @RegisterExtension final Api api = new Api(4096);

  private final List<Socket> senders = new ArrayList<>();

  @AfterEach
  void hangUp() throws IOException {
    for (Socket sender : senders) {
      sender.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "300, /v1/namespaces/n/keys/k, 'Content-Length: 100', '{'",
    "900, /v1/namespaces/n/keys/k, 'Content-Length: 100', '{'",
    "300, /v1/namespaces/n/keys/k, 'Transfer-Encoding: chunked', '5\r\n{\"n'",
    "300, /v1/events, 'Content-Length: 100', '{'",
    "300, /v1/nowhere, 'Content-Length: 100', '{'",
    "300, /internal/v1/commands, 'Content-Length: 100', '{'"
  })
  void shouldAnswerOthersWhileManyStopHalfWay(int many, String path, String header, String begun)
      throws IOException {
    for (int i = 0; i < many; i++) {
      begin(path, header, begun);
    }

    for (int i = 0; i < 20; i++) {
      assertThat(send("GET", "/healthz")).isEqualTo(200);
      assertThat(send("POST", "/v1/namespaces/n/keys/k")).isEqualTo(200);
    }
  }

  private void begin(String path, String header, String body) throws IOException {
    var sender = new Socket(InetAddress.getLoopbackAddress(), api.server.port());
    senders.add(sender);
    String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n\r\n";
    sender.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
  }

  private int send(String method, String path) {
    var body = BodyPublishers.ofString(method.equals("GET") ? "" : "{}");
    return api.send(api.request(path).timeout(Duration.ofSeconds(5)).method(method, body))
        .statusCode();
  }
}
