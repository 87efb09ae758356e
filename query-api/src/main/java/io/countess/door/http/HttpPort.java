package io.countess.door.http;

import io.countess.door.ApiKeys;
import io.countess.door.KeysConfig;
import io.countess.event.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnresolvedAddressException;

/**
 * The port of HTTP, bound, but with nothing behind it yet. So a port that is taken is known before
 * anything that takes long is started.
 */
public final class HttpPort implements AutoCloseable {
  private final HttpConfig config;
  private final boolean onlyLoopback;
  private final ServerSocketChannel channel;

  private HttpPort(HttpConfig config, boolean onlyLoopback, ServerSocketChannel channel) {
    this.config = config;
    this.onlyLoopback = onlyLoopback;
    this.channel = channel;
  }

  /**
   * Binds it.
   *
   * @throws InvalidInputException naming the setting that is wrong, such as a port that is taken
   */
  public static HttpPort bind(HttpConfig config, KeysConfig keys) {
    return bind(config, keys.isOnlyLoopback(config.bind()), new Names("bind", "http-port"));
  }

  /** The settings that say what is bound, by which messages name it. */
  public record Names(String bind, String port) {}

  /**
   * Binds one of another door.
   *
   * @param onlyLoopback whether all callers are of this machine, and need no key
   * @throws InvalidInputException naming the setting that is wrong
   */
  public static HttpPort bind(HttpConfig config, boolean onlyLoopback, Names names) {
    try {
      return new HttpPort(config, onlyLoopback, listen(config));
    } catch (UnresolvedAddressException unknown) {
      throw new InvalidInputException(
          names.bind(), "is " + config.bind() + ", which is no address here");
    } catch (IOException failure) {
      String why = String.valueOf(failure.getMessage());
      if (why.contains("assign requested address")) {
        throw new InvalidInputException(
            names.bind(), "is " + config.bind() + ", which is no address of this machine");
      }
      throw new InvalidInputException(
          names.port(),
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

  HttpConfig config() {
    return config;
  }

  /** Who may come in. */
  public Gate gate(ApiKeys keys) {
    return new Gate(keys, onlyLoopback, config.cors());
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
