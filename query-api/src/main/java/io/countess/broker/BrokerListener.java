package io.countess.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.Locale;

/**
 * A bound server socket.
 *
 * @param name what Kafka calls it
 * @param socket already bound, so that its port is known and nobody else's
 * @param host where it listens, as it stands in an address
 */
record BrokerListener(String name, ServerSocketChannel socket, String host)
    implements AutoCloseable {
  private static final int BACKLOG = 128;

  /**
   * Binds.
   *
   * @throws BrokerStartException where that is not possible
   */
  static BrokerListener bind(String name, String host, int port) {
    try {
      ServerSocketChannel socket = ServerSocketChannel.open();
      try {
        socket.configureBlocking(false);
        socket.bind(new InetSocketAddress(InetAddress.getByName(host), port), BACKLOG);
        return new BrokerListener(name, socket, bracketed(host));
      } catch (IOException failed) {
        socket.close();
        throw failed;
      }
    } catch (UnknownHostException unknown) {
      throw new BrokerStartException(
          "Kafka can't listen on '" + host + "': no such host or address.", unknown);
    } catch (IOException failed) {
      throw new BrokerStartException(
          "Kafka can't listen on %s:%d: %s."
              .formatted(bracketed(host), port, failed.getMessage().toLowerCase(Locale.ROOT)),
          failed);
    }
  }

  int port() {
    return socket.socket().getLocalPort();
  }

  boolean isLoopback() {
    return socket.socket().getInetAddress().isLoopbackAddress();
  }

  String address() {
    return host + ":" + port();
  }

  /**
   * The address by which others reach this listener. For a wildcard that is an address of this
   * machine.
   */
  String reachableAddress() {
    if (!socket.socket().getInetAddress().isAnyLocalAddress()) {
      return address();
    }
    return bracketed(OwnAddress.find().getHostAddress()) + ":" + port();
  }

  private static String bracketed(String host) {
    return host.indexOf(':') < 0 || host.startsWith("[") ? host : "[" + host + "]";
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException ignored) {
      // Nobody is served by a socket that can't be closed either.
    }
  }
}
