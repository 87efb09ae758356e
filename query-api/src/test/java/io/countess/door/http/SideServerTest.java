package io.countess.door.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP of other doors. */
class SideServerTest {
  private static final Duration IDLE = Duration.ofMillis(200);
  private static final SideServer.Site SITE =
      new SideServer.Site("side", new Echo(), SideServerTest::said);
  private static final String HALF =
      "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nx";

  /** Says what it was sent. */
  private static final class Echo extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      byte[] body = Content.Source.asInputStream(request).readAllBytes();
      response.write(true, ByteBuffer.wrap(body), callback);
      return true;
    }
  }

  private static RefusalForm.Said said(int status, String why) {
    return new RefusalForm.Said("text/own", (status + ": " + why).getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldSayThatABodyStoppedArriving(boolean whole) throws IOException {
    var config = new HttpConfig("127.0.0.1", 0, CorsOrigins.NONE, IDLE);
    HttpPort port = HttpPort.bind(config, true, new HttpPort.Names("bind", "port"));
    try (SideServer server =
            whole
                ? SideServer.start(port, SITE, 16, Optional.empty())
                : SideServer.start(port, SITE);
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(HALF.getBytes(UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 408 ")
          .contains("Content-Type: text/own")
          .endsWith("408: the body stopped arriving");
    }
  }
}
