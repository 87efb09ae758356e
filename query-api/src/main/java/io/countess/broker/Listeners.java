package io.countess.broker;

import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The sockets of the node. They are bound before anything else starts. So a port in use is known
 * before anything is written. And every port is known to the settings, also where any free one will
 * do. Clients that connect early wait in the backlog.
 *
 * @param clients for everybody
 * @param advertised the address that outside clients are told to connect to
 * @param local on loopback for the clients of this process, where outside clients are told another
 *     address. So they depend on no name, route or port mapping
 * @param controller on loopback, and on a new port at each start: its address is kept nowhere
 */
record Listeners(
    BrokerListener clients,
    String advertised,
    Optional<BrokerListener> local,
    BrokerListener controller)
    implements ServerSocketFactory, AutoCloseable {
  static final String CLIENTS = "CLIENTS";
  static final String LOCAL = "LOCAL";
  static final String CONTROLLER = "CONTROLLER";
  private static final String LOOPBACK = "127.0.0.1";

  /**
   * Binds.
   *
   * @throws BrokerStartException where an address can't be bound
   */
  static Listeners bind(BrokerConfig config) {
    BrokerListener clients = BrokerListener.bind(CLIENTS, config.bind(), config.port());
    try {
      boolean plain = clients.isLoopback() && config.advertised().isEmpty();
      return new Listeners(
          clients,
          config
              .advertised()
              .map(address -> withPort(address, clients.port()))
              .orElseGet(clients::reachableAddress),
          plain ? Optional.empty() : Optional.of(BrokerListener.bind(LOCAL, LOOPBACK, 0)),
          BrokerListener.bind(CONTROLLER, LOOPBACK, 0));
    } catch (BrokerStartException failed) {
      clients.close();
      throw failed;
    }
  }

  private static String withPort(String address, int port) {
    return address.matches(".*:\\d+") && !address.endsWith("]") ? address : address + ":" + port;
  }

  private Stream<BrokerListener> all() {
    return Stream.concat(Stream.of(clients, controller), local.stream());
  }

  /** The listener that the clients of this process use, and Kafka among its own parts. */
  BrokerListener own() {
    return local.orElse(clients);
  }

  /** Kafka's setting {@code listeners}. */
  String setting() {
    return all().map(each -> each.name() + "://" + each.address()).collect(Collectors.joining(","));
  }

  /** Kafka's setting {@code advertised.listeners}. */
  String advertisedSetting() {
    String outside = CLIENTS + "://" + advertised;
    return local.map(own -> outside + "," + LOCAL + "://" + own.address()).orElse(outside);
  }

  @Override
  public ServerSocketChannel openServerSocket(
      String listenerName, InetSocketAddress address, int backlog, int receiveBufferBytes) {
    return all()
        .filter(each -> each.name().equalsIgnoreCase(listenerName))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(listenerName))
        .socket();
  }

  @Override
  public void close() {
    all().forEach(BrokerListener::close);
  }
}
