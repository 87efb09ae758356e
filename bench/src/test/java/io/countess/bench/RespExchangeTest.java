package io.countess.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.Selector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RespExchangeTest {
  private ServerSocket server;
  private Selector selector;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    selector = Selector.open();
  }

  @AfterEach
  void close() throws IOException {
    selector.close();
    server.close();
  }

  @Test
  void shouldWaitForEveryReply() throws IOException {
    RespExchange exchange = open(4);
    try (Socket accepted = server.accept()) {
      exchange.send("*1\r\n$4\r\nPING\r\n".getBytes(US_ASCII));

      assertThat(answered(exchange, accepted, ":12\r\n$3\r\na")).isFalse();
      assertThat(answered(exchange, accepted, "\r\n")).isFalse();
      assertThat(answered(exchange, accepted, "\r\n$-1\r\n+O")).isFalse();
      assertThat(answered(exchange, accepted, "K\r\n")).isTrue();
      exchange.send("*1\r\n$4\r\nPING\r\n".getBytes(US_ASCII));
      assertThat(answered(exchange, accepted, ":1\r\n:1\r\n:1\r\n")).isFalse();
    }
    exchange.close();
  }

  @Test
  void shouldFailWhereAReplyIsAnError() throws IOException {
    RespExchange exchange = open(1);
    try (Socket accepted = server.accept()) {
      exchange.send("*1\r\n$1\r\nX\r\n".getBytes(US_ASCII));
      assertThatThrownBy(() -> answered(exchange, accepted, "-ERR no\r\n"))
          .isInstanceOf(BenchException.class)
          .hasMessage("the server answered -ERR no");
    }
    exchange.close();
  }

  private RespExchange open(int commands) throws IOException {
    var address = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    return new RespExchange(address, commands, selector);
  }

  private boolean answered(RespExchange exchange, Socket accepted, String bytes)
      throws IOException {
    accepted.getOutputStream().write(bytes.getBytes(US_ASCII));
    selector.select();
    selector.selectedKeys().clear();
    return exchange.read();
  }
}
