package io.countess.door.dracula;

import io.countess.background.DaemonThreads;
import io.countess.door.Admission;
import io.countess.door.ApiKeys;
import io.countess.door.Door;
import io.countess.door.Floor;
import io.countess.door.KeysConfig;
import io.countess.door.http.HttpConfig;
import io.countess.door.http.HttpPort;
import io.countess.door.http.HttpPort.Names;
import io.countess.door.http.SidePlaces;
import io.countess.door.http.SideServer;
import io.countess.door.http.SideServer.Site;
import io.countess.door.net.BindNames;
import io.countess.door.net.TcpConnections;
import io.countess.event.InvalidInputException;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Dracula's protocol over UDP and TCP on one port, and its REST on another. */
public final class DraculaDoor implements Door {
  private static final Logger LOG = LoggerFactory.getLogger(DraculaDoor.class);

  private static final BindNames NAMES = new BindNames("dracula-bind", "dracula-port");

  /** How many requests may be under way; more are refused. */
  private static final int MAX_UNDER_WAY = 4096;

  /** How many connections over TCP there may be. */
  static final int MAX_CONNECTIONS = 1024;

  private static final int MOST_THREADS = 4;

  /** Of UDP in the kernel, for bursts: as much as it allows. */
  private static final int RECEIVE_BYTES = 4 * 1024 * 1024;

  private static final int READ_BYTES = 16 * 1024;
  private static final int BACKLOG = 1024;

  /** Readers who are slower don't keep the server from stopping. */
  private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(1);

  /** How often a free port of TCP is tried that has to be free for UDP, too. */
  private static final int TRIES = 20;

  private final DraculaConfig config;
  private final EventLoopGroup loops;
  private final SidePlaces places;
  private final Lists lists;
  private final PacketDesk desk;
  private final TcpConnections connections;
  private final Gauges gauges;
  private final Optional<SideServer> rest;
  private final Channel tcp;
  private final Channel udp;

  private DraculaDoor(DraculaConfig config, KeysConfig keys, Floor floor, Admission admission) {
    this.config = config;
    places = new SidePlaces(admission);
    int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    loops =
        new MultiThreadIoEventLoopGroup(
            threads, new DaemonThreads("dracula"), NioIoHandler.newFactory());
    lists = new Lists(floor.queries(PacketDesk.CALLER));
    desk = new PacketDesk(config, admission, floor.meters("dracula"), lists);
    connections =
        new TcpConnections(
            MAX_CONNECTIONS,
            new byte[0],
            () -> new TcpHandler(desk, floor, TcpHandler.LIMITS.begin()));
    Optional<HttpPort> restPort = config.restPort().map(it -> restPort(it, keys));
    Channel[] bound = bind(floor, restPort);
    tcp = bound[0];
    udp = bound[1];
    gauges = new Gauges(floor.queries(PacketDesk.CALLER), floor.registry());
    rest = restPort.map(it -> rest(it, floor));
  }

  private HttpPort restPort(int restPort, KeysConfig keys) {
    boolean onlyLoopback = config.isLoopback() && !keys.insecure();
    var http = new HttpConfig(config.bind(), restPort);
    return HttpPort.bind(http, onlyLoopback, new Names("dracula-bind", "dracula-rest-port"));
  }

  private SideServer rest(HttpPort restPort, Floor floor) {
    var handler = new Rest(floor, restPort.gate(floor.keys()), places, lists, gauges);
    return SideServer.start(restPort, new Site("dracula-rest", handler, RestReply::broken));
  }

  /**
   * Binds the ports and begins to answer.
   *
   * @throws InvalidInputException naming the setting that is wrong, such as a port that is taken
   */
  public static DraculaDoor start(DraculaConfig config, KeysConfig keys, Floor floor) {
    return start(config, keys, floor, new Admission(MAX_UNDER_WAY));
  }

  static DraculaDoor start(
      DraculaConfig config, KeysConfig keys, Floor floor, Admission admission) {
    config.requireGuard(keys);
    warn(config, floor.keys());
    return new DraculaDoor(config, keys, floor, admission);
  }

  private static void warn(DraculaConfig config, ApiKeys keys) {
    if (config.secret().isEmpty()) {
      if (!keys.isEmpty()) {
        LOG.warn(
            "There are API keys, and the Dracula door has no secret: whoever reaches it at {} puts"
                + " and counts without a key.",
            config.bind());
      }
    } else if (config.auth() == DraculaConfig.Auth.PSK) {
      LOG.warn(
          "The secret of the Dracula door is no protection from anyone who sees a packet: its first"
              + " 8 bytes stand in each, and in the answers to wrong ones. Keep the port within a"
              + " network that you trust, or set dracula-auth=hmac where the clients can do that.");
    }
  }

  private Channel[] bind(Floor floor, Optional<HttpPort> restPort) {
    boolean bound = false;
    try {
      Channel[] both = config.port() == 0 ? bindAnyPort(floor) : bindBoth(floor, config.port());
      bound = true;
      return both;
    } finally {
      if (!bound) {
        restPort.ifPresent(HttpPort::close);
        lists.close();
        stopThreads();
      }
    }
  }

  /** A port that TCP was given may be taken for UDP. */
  private Channel[] bindAnyPort(Floor floor) {
    for (int i = 1; i < TRIES; i++) {
      try {
        return bindBoth(floor, 0);
      } catch (InvalidInputException taken) {
        LOG.debug("trying another port", taken);
      }
    }
    return bindBoth(floor, 0);
  }

  private Channel[] bindBoth(Floor floor, int port) {
    Channel stream = NAMES.bound(tcp().bind(config.bind(), port), config.bind(), port);
    boolean both = false;
    try {
      int same = portOf(stream.localAddress());
      Channel datagrams = NAMES.bound(udp(floor).bind(config.bind(), same), config.bind(), same);
      both = true;
      return new Channel[] {stream, datagrams};
    } finally {
      if (!both) {
        stream.close().awaitUninterruptibly();
      }
    }
  }

  private ServerBootstrap tcp() {
    return new ServerBootstrap()
        .group(loops)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_REUSEADDR, true)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childOption(
            ChannelOption.RECVBUF_ALLOCATOR,
            new AdaptiveRecvByteBufAllocator(Packet.BYTES, 2 * Packet.BYTES, READ_BYTES))
        .childHandler(connections);
  }

  /** What is longer than a packet is cut off by the kernel. */
  private Bootstrap udp(Floor floor) {
    return new Bootstrap()
        .group(loops)
        .channel(NioDatagramChannel.class)
        .option(ChannelOption.SO_RCVBUF, RECEIVE_BYTES)
        .option(ChannelOption.SO_SNDBUF, RECEIVE_BYTES)
        .option(
            ChannelOption.WRITE_BUFFER_WATER_MARK,
            new WriteBufferWaterMark(RECEIVE_BYTES, 2 * RECEIVE_BYTES))
        .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(Packet.BYTES))
        .handler(new UdpHandler(desk, floor));
  }

  /** The port of UDP and TCP. */
  public int port() {
    return portOf(tcp.localAddress());
  }

  /** The port of REST; empty where that is off. */
  public Optional<Integer> restPort() {
    return rest.map(SideServer::port);
  }

  /** Where it listens for UDP and TCP, as host:port. */
  public String address() {
    return host() + ":" + port();
  }

  /** Where REST is; empty where it is off. */
  public Optional<String> restUrl() {
    return restPort().map(it -> "http://" + host() + ":" + it);
  }

  private String host() {
    return config.bind().contains(":") ? "[" + config.bind() + "]" : config.bind();
  }

  @Override
  public void close() {
    places.close();
    try {
      desk.cutOff(WRITTEN_WITHIN);
      connections.close(WRITTEN_WITHIN);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    tcp.close().awaitUninterruptibly(WRITTEN_WITHIN.toMillis());
    udp.close().awaitUninterruptibly(WRITTEN_WITHIN.toMillis());
    rest.ifPresent(SideServer::close);
    gauges.close();
    lists.close();
    stopThreads();
  }

  private void stopThreads() {
    loops
        .shutdownGracefully(0, WRITTEN_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(2 * WRITTEN_WITHIN.toMillis());
  }

  private static int portOf(SocketAddress address) {
    return ((InetSocketAddress) address).getPort();
  }
}
