package io.countess.door.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.background.DaemonThreads;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BoundedServerChannelTest {
  private static final int MOST = 2;

  private MultiThreadIoEventLoopGroup loops;
  private Channel listening;

  @BeforeEach
  void listen() {
    loops =
        new MultiThreadIoEventLoopGroup(1, new DaemonThreads("test"), NioIoHandler.newFactory());
    listening =
        new ServerBootstrap()
            .group(loops)
            .channelFactory(() -> new BoundedServerChannel(MOST))
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel connection) {
                    // It says nothing.
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
  }

  @AfterEach
  void close() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private Socket connect() throws IOException {
    int port = ((InetSocketAddress) listening.localAddress()).getPort();
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(200);
    return socket;
  }

  private static boolean isEnded(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException open) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  @Test
  void shouldTakeSoManyConnectionsAndNoMore() throws Exception {
    try (Socket one = connect()) {
      try (Socket two = connect();
          Socket three = connect()) {
        assertThat(isEnded(three)).isTrue();
        assertThat(isEnded(two)).isFalse();
      }
      await().until(this::isTaken);
      assertThat(isEnded(one)).isFalse();
    }
  }

  private boolean isTaken() throws IOException {
    try (Socket another = connect()) {
      return !isEnded(another);
    }
  }
}
