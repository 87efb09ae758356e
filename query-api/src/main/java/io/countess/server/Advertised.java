package io.countess.server;

import io.countess.broker.OwnAddress;
import io.countess.event.InvalidInputException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Optional;

/** Where the other instances reach this one. */
final class Advertised {
  private static final String LOOPBACK = "127.0.0.1";

  private final CountessConfig config;

  Advertised(CountessConfig config) {
    this.config = config;
  }

  /**
   * As {@code host:port}: the setting, else the address that HTTP is bound to. Where that is every
   * address of this machine, it is the one from which the machine speaks to Kafka: the other
   * instances speak to the same Kafka.
   *
   * @throws InvalidInputException where none of these tells
   */
  String address(int httpPort) {
    Optional<String> given = config.peers().advertised();
    if (given.isPresent()) {
      boolean withPort = given.get().matches(".*[^:]:\\d+");
      return withPort ? given.get() : given.get() + ":" + httpPort;
    }
    String bind = config.http().bind();
    return hostAndPort(isEveryAddress(bind) ? host() : bind, httpPort);
  }

  /** Whether others can't reach this instance although its Kafka is one that others reach. */
  boolean isOnlyForThisMachine(String address) {
    String host = address.substring(0, address.lastIndexOf(':'));
    return config.broker().isEmpty() && isLoopback(host) && !isLoopback(kafka().getHostString());
  }

  /** Where anybody reaches this instance: what HTTP is bound to, or an address of this machine. */
  String reachableHost() {
    String bind = config.http().bind();
    return isEveryAddress(bind) ? OwnAddress.find().getHostAddress() : bind;
  }

  private String host() {
    return config.broker().isPresent() ? LOOPBACK : addressTowards(kafka());
  }

  private InetSocketAddress kafka() {
    String first = config.runtime().bootstrapServers().split(",", 2)[0].strip();
    int colon = first.lastIndexOf(':');
    String host = first.substring(0, Math.max(0, colon)).replaceAll("[\\[\\]]", "");
    String port = first.substring(colon + 1);
    return port.matches("\\d{1,5}") && Integer.parseInt(port) <= 65_535
        ? new InetSocketAddress(host, Integer.parseInt(port))
        : InetSocketAddress.createUnresolved(first, 1);
  }

  /** Nothing is sent: to connect such a socket only chooses the way that packets would take. */
  private static String addressTowards(InetSocketAddress kafka) {
    if (!kafka.isUnresolved()) {
      try (var socket = new DatagramSocket()) {
        socket.connect(kafka);
        InetAddress local = socket.getLocalAddress();
        if (!local.isAnyLocalAddress()) {
          return local.getHostAddress();
        }
      } catch (SocketException noWay) {
        throw unknown(noWay.getMessage());
      }
    }
    throw unknown(kafka.getHostString() + " leads nowhere");
  }

  private static InvalidInputException unknown(String why) {
    return new InvalidInputException(
        "advertised-http",
        "is missing: HTTP is bound to every address of this machine, and which of them the other"
            + " instances reach can't be told (%s)".formatted(why));
  }

  private static String hostAndPort(String host, int port) {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  private static boolean isEveryAddress(String host) {
    try {
      return InetAddress.getByName(host).isAnyLocalAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }
}
