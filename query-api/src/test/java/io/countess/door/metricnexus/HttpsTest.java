package io.countess.door.metricnexus;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.door.http.CorsOrigins;
import io.countess.door.http.HttpConfig;
import io.countess.door.http.HttpPort;
import io.countess.door.http.SideServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may stay on a connection of a door's HTTP or HTTPS, and who is cut off. */
class HttpsTest {
  private static final Duration IDLE = Duration.ofMillis(1500);
  private static final int STEPS = 100;
  private static final long STEP_MILLIS = 50;

  @TempDir Path dir;
  private SideServer server;
  private NexusPeer peer;

  @BeforeEach
  void start() {
    server = start(Optional.of(Https.with(OwnCertificate.in(dir, "127.0.0.1"))));
    peer = NexusPeer.to(server.port());
  }

  private static SideServer start(Optional<SslContextFactory.Server> https) {
    var config = new HttpConfig("127.0.0.1", 0, CorsOrigins.NONE, IDLE);
    HttpPort port = HttpPort.bind(config, true, new HttpPort.Names("bind", "port"));
    return SideServer.start(
        port, new SideServer.Site("test", new Saying(), NexusReply::broken), 1000, https);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Says the path. */
  private static final class Saying extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      NexusReply.text(200, request.getHttpURI().getPath()).write(response, callback);
      return true;
    }
  }

  @Test
  void shouldStayOpenForWhoeverAsksAgainAndAgain() throws Exception {
    try (Socket socket = peer.connect()) {
      askAgainAndAgain(socket);
    }
    try (SideServer plain = start(Optional.empty());
        var socket = new Socket(InetAddress.getLoopbackAddress(), plain.port())) {
      askAgainAndAgain(socket);
    }
  }

  private static void askAgainAndAgain(Socket socket) throws IOException, InterruptedException {
    var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    for (int i = 0; i < 30; i++) {
      say(socket, "GET /" + i + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(reader.readLine()).isEqualTo("HTTP/1.1 200 OK");
      String line = reader.readLine();
      while (!line.isEmpty()) {
        line = reader.readLine();
      }
      char[] body = new char[("/" + i).length()];
      assertThat(reader.read(body)).isEqualTo(body.length);
      Thread.sleep(2 * STEP_MILLIS);
    }
  }

  @Test
  void shouldCutOffWhoeverDribblesAHead() throws Exception {
    try (Socket socket = peer.connect()) {
      say(socket, "GET / HTTP/1.1\r\nX-Slow: ");
      assertThat(isCutOff(socket)).isTrue();
    }
  }

  @Test
  void shouldCutOffWhoeverDribblesAHandshake() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(new byte[] {0x16, 3, 1, 1, (byte) 200});
      assertThat(isCutOff(socket)).isTrue();
    }
  }

  /** Whether a connection ends on which a byte is sent now and then. */
  private static boolean isCutOff(Socket socket) throws InterruptedException {
    try {
      for (int i = 0; i < STEPS; i++) {
        socket.getOutputStream().write('x');
        Thread.sleep(STEP_MILLIS);
      }
      return false;
    } catch (IOException broken) {
      return true;
    }
  }

  private static void say(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(US_ASCII));
  }
}
