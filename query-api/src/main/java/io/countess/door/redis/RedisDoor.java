package io.countess.door.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.countess.background.DaemonThreads;
import io.countess.door.Admission;
import io.countess.door.Door;
import io.countess.door.Floor;
import io.countess.door.KeysConfig;
import io.countess.door.net.BindNames;
import io.countess.door.net.TcpConnections;
import io.countess.event.InvalidInputException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Redis's protocol on one port. */
public final class RedisDoor implements Door {
  /** How many connections there may be. */
  static final int MAX_CONNECTIONS = 4096;

  /** How many requests may be under way; more are refused. */
  private static final int MAX_UNDER_WAY = 16_384;

  private static final BindNames NAMES = new BindNames("redis-bind", "redis-port");
  private static final int MOST_THREADS = 4;
  private static final int FIRST_READ_BYTES = 1024;
  private static final int READ_BYTES = 16 * 1024;
  private static final int BACKLOG = 1024;

  /** As long as HTTP has; other instances can take over only after that. */
  private static final Duration DRAIN = Duration.ofSeconds(2);

  /** Readers who are slower don't keep the server from stopping. */
  private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(1);

  private final RedisConfig config;
  private final EventLoopGroup loops;
  private final Admission admission;
  private final Desk desk;
  private final TcpConnections connections;
  private final Channel listening;

  private RedisDoor(RedisConfig config, Floor floor, Admission admission) {
    this.config = config;
    this.admission = admission;
    int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    loops =
        new MultiThreadIoEventLoopGroup(
            threads, new DaemonThreads("redis"), NioIoHandler.newFactory());
    var sessions = new Sessions(floor.keys());
    var table = CommandTable.of(new KeySpace(config.namespace()), sessions);
    desk = new Desk(table, admission, floor.meters("redis"), sessions);
    connections =
        new TcpConnections(
            MAX_CONNECTIONS,
            "-ERR max number of clients reached\r\n".getBytes(US_ASCII),
            () -> new RespHandler(desk, sessions, floor, RespHandler.LIMITS.begin()));
    listening = bind();
  }

  /**
   * Binds the port and begins to answer.
   *
   * @throws InvalidInputException naming the setting that is wrong, such as a port that is taken
   */
  public static RedisDoor start(RedisConfig config, KeysConfig keys, Floor floor) {
    return start(config, keys, floor, new Admission(MAX_UNDER_WAY));
  }

  static RedisDoor start(RedisConfig config, KeysConfig keys, Floor floor, Admission admission) {
    config.requireGuard(keys);
    return new RedisDoor(config, floor, admission);
  }

  private Channel bind() {
    boolean bound = false;
    try {
      Channel channel =
          NAMES.bound(server().bind(config.bind(), config.port()), config.bind(), config.port());
      bound = true;
      return channel;
    } finally {
      if (!bound) {
        stopThreads();
      }
    }
  }

  private ServerBootstrap server() {
    return new ServerBootstrap()
        .group(loops)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_REUSEADDR, true)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childOption(
            ChannelOption.RECVBUF_ALLOCATOR,
            new AdaptiveRecvByteBufAllocator(FIRST_READ_BYTES, FIRST_READ_BYTES, READ_BYTES))
        .childHandler(connections);
  }

  /** The port on which it listens. */
  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /** Where it listens, as host:port. */
  public String address() {
    String host = config.bind().contains(":") ? "[" + config.bind() + "]" : config.bind();
    return host + ":" + port();
  }

  @Override
  public void close() {
    try {
      admission.close(DRAIN);
      desk.cutOff();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    connections.close(WRITTEN_WITHIN);
    listening.close().awaitUninterruptibly(WRITTEN_WITHIN.toMillis());
    stopThreads();
  }

  private void stopThreads() {
    loops
        .shutdownGracefully(0, WRITTEN_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(2 * WRITTEN_WITHIN.toMillis());
  }
}
