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

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldSayThatABodyStoppedArriving(boolean whole) throws IOException {
    var config = new HttpConfig("127.0.0.1", 0, CorsOrigins.NONE, IDLE);
    HttpPort port = HttpPort.bind(config, true, new HttpPort.Names("bind", "port"));
    try (SideServer server =
            whole
                ? SideServer.start(port, "side", new Echo(), 16, Optional.empty())
                : SideServer.start(port, "side", new Echo());
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(HALF.getBytes(UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 408 ")
          .contains("the body stopped arriving");
    }
  }
}
