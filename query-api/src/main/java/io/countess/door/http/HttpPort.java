package io.countess.door.http;

import io.countess.event.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;

/**
 * The port of HTTP, bound, but with nothing behind it yet. So a port that is taken, or keys that
 * are not in order, are known before anything that takes long is started.
 */
public final class HttpPort implements AutoCloseable {
  private final HttpConfig config;
  private final Gate gate;
  private final ServerSocketChannel channel;

  private HttpPort(HttpConfig config, Gate gate, ServerSocketChannel channel) {
    this.config = config;
    this.gate = gate;
    this.channel = channel;
  }

  /**
   * Binds it.
   *
   * @throws InvalidInputException naming the setting that is wrong, such as a port that is taken
   */
  public static HttpPort bind(HttpConfig config) {
    var gate = new Gate(config);
    try {
      return new HttpPort(config, gate, listen(config));
    } catch (UnresolvedAddressException unknown) {
      throw new InvalidInputException("bind", "is " + config.bind() + ", which is no address here");
    } catch (IOException failure) {
      String why = String.valueOf(failure.getMessage());
      if (why.contains("assign requested address")) {
        throw new InvalidInputException(
            "bind", "is " + config.bind() + ", which is no address of this machine");
      }
      throw new InvalidInputException(
          "http-port",
          "%d can't be listened on at %s: %s".formatted(config.port(), config.bind(), why));
    }
  }

  private static ServerSocketChannel listen(HttpConfig config) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    boolean bound = false;
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(new InetSocketAddress(config.bind(), config.port()));
      bound = true;
      return channel;
    } finally {
      if (!bound) {
        channel.close();
      }
    }
  }

  /**
   * Checks that the other instances will take the key that this one shows them.
   *
   * @throws InvalidInputException where they won't
   */
  public void requirePeerKey(Optional<String> key) {
    gate.requirePeer(key);
  }

  HttpConfig config() {
    return config;
  }

  /** Who may come in. */
  Gate gate() {
    return gate;
  }

  ServerSocketChannel channel() {
    return channel;
  }

  /** Gives the port back, if no server has taken it over and closed it. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
