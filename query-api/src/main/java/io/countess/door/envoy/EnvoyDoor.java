package io.countess.door.envoy;

import io.countess.background.DaemonThreads;
import io.countess.background.PeriodicTasks;
import io.countess.door.Admission;
import io.countess.door.Door;
import io.countess.door.Floor;
import io.countess.door.KeysConfig;
import io.countess.door.http.HttpConfig;
import io.countess.door.http.HttpPort;
import io.countess.door.http.SideServer;
import io.countess.door.net.BindNames;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;

/** Envoy's rate limit service over gRPC, with its health service, and its JSON over HTTP. */
public final class EnvoyDoor implements Door {
  /** It would write a page for each message that is too long; held, so that its level stays. */
  private static final java.util.logging.Logger OF_GRPC =
      java.util.logging.Logger.getLogger("io.grpc");

  private static final BindNames NAMES = new BindNames("envoy-bind", "envoy-port");
  private static final HttpPort.Names JSON_NAMES =
      new HttpPort.Names("envoy-bind", "envoy-json-port");

  /** How many requests may be under way; more are refused. */
  private static final int MAX_UNDER_WAY = 4096;

  private static final int MAX_CONNECTIONS = 4096;
  private static final int MAX_CALLS_OF_A_CONNECTION = 1024;
  private static final int MAX_MESSAGE_BYTES = JsonHandler.MAX_BODY_BYTES;
  private static final int MAX_METADATA_BYTES = 16 * 1024;
  private static final int WINDOW_BYTES = 256 * 1024;
  private static final int BACKLOG = 1024;
  private static final int MOST_THREADS = 4;

  /** When nothing has come for so long, a connection is asked whether its other end is there. */
  private static final int PROBE_AFTER_SECONDS = 30;

  private static final int PROBED_WITHIN_SECONDS = 10;

  /** How often clients may probe. */
  private static final int PROBES_EVERY_SECONDS = 1;

  /** A call whose request has not come after so long is ended. */
  private static final Duration REQUEST_WITHIN = Duration.ofSeconds(10);

  /** How often it looks whether the configuration, or its readiness, is another one. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** As long as HTTP has; other instances can take over only after that. */
  private static final Duration DRAIN = Duration.ofSeconds(2);

  /** Readers who are slower don't keep the server from stopping. */
  private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(1);

  private final EnvoyConfig config;
  private final Admission admission;
  private final CurrentRules rules;
  private final Health health;
  private final EventLoopGroup loops;
  private final ExecutorService threads;
  private final PeriodicTasks watch = new PeriodicTasks("envoy-watch");
  private final Desk desk;
  private final HalfSent halfSent = new HalfSent(REQUEST_WITHIN);
  private final Server grpc;
  private final Optional<SideServer> json;

  private EnvoyDoor(
      EnvoyConfig config,
      Optional<HttpPort> jsonPort,
      Floor floor,
      CurrentRules rules,
      Admission admission) {
    this.config = config;
    this.admission = admission;
    this.rules = rules;
    int cores = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    loops =
        new MultiThreadIoEventLoopGroup(
            cores, new DaemonThreads("envoy-net"), NioIoHandler.newFactory());
    threads = Executors.newFixedThreadPool(cores, new DaemonThreads("envoy"));
    health = new Health(floor);
    desk = new Desk(config, floor.on(threads), rules, admission);
    grpc = bind(floor);
    json =
        jsonPort.map(
            port -> {
              var handler = new JsonHandler(desk, health, port.gate(floor.keys()));
              var site = new SideServer.Site("envoy-json", handler, JsonHandler::broken);
              return SideServer.start(port, site, JsonHandler.MAX_BODY_BYTES, Optional.empty());
            });
    watch.nowAndEvery(LOOK, this::look);
  }

  /**
   * Binds the ports and begins to answer.
   *
   * @throws io.countess.event.InvalidInputException naming the setting that is wrong, such as a
   *     port that is taken, or what is wrong in the configuration of limits
   */
  public static EnvoyDoor start(EnvoyConfig config, KeysConfig keys, Floor floor) {
    return start(config, keys, floor, new Admission(MAX_UNDER_WAY));
  }

  static EnvoyDoor start(EnvoyConfig config, KeysConfig keys, Floor floor, Admission admission) {
    config.requireGuard(keys);
    OF_GRPC.setLevel(Level.SEVERE);
    var rules = new CurrentRules(config.rules().map(RuleFiles::new), floor.registry());
    boolean onlyLoopback = config.isLoopback() && !keys.insecure();
    Optional<HttpPort> json =
        config
            .jsonPort()
            .map(
                port ->
                    HttpPort.bind(new HttpConfig(config.bind(), port), onlyLoopback, JSON_NAMES));
    boolean isStarted = false;
    try {
      var door = new EnvoyDoor(config, json, floor, rules, admission);
      isStarted = true;
      return door;
    } finally {
      if (!isStarted) {
        json.ifPresent(HttpPort::close);
      }
    }
  }

  private Server bind(Floor floor) {
    boolean isBound = false;
    try {
      Server server = server(floor).start();
      isBound = true;
      return server;
    } catch (IOException failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      throw NAMES.unbound(cause, config.bind(), config.port());
    } finally {
      if (!isBound) {
        stopThreads();
      }
    }
  }

  private Server server(Floor floor) {
    NettyServerBuilder server = builder(floor);
    config.ssl().ifPresent(server::sslContext);
    return server.build();
  }

  private NettyServerBuilder builder(Floor floor) {
    return NettyServerBuilder.forAddress(new InetSocketAddress(config.bind(), config.port()))
        .channelFactory(() -> new BoundedServerChannel(MAX_CONNECTIONS))
        .bossEventLoopGroup(loops)
        .workerEventLoopGroup(loops)
        .withOption(ChannelOption.SO_REUSEADDR, true)
        .withOption(ChannelOption.SO_BACKLOG, BACKLOG)
        .executor(threads)
        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
        .maxInboundMetadataSize(MAX_METADATA_BYTES)
        .maxConcurrentCallsPerConnection(MAX_CALLS_OF_A_CONNECTION)
        .flowControlWindow(WINDOW_BYTES)
        .keepAliveTime(PROBE_AFTER_SECONDS, TimeUnit.SECONDS)
        .keepAliveTimeout(PROBED_WITHIN_SECONDS, TimeUnit.SECONDS)
        .permitKeepAliveTime(PROBES_EVERY_SECONDS, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true)
        .handshakeTimeout(PROBED_WITHIN_SECONDS, TimeUnit.SECONDS)
        .addService(
            ServerInterceptors.intercept(
                new GrpcService(desk).definition(), new Login(floor.keys())))
        .addService(health.service())
        .intercept(halfSent);
  }

  private void look() {
    health.look();
    halfSent.look();
    rules.look();
  }

  /** The port of gRPC. */
  public int port() {
    return grpc.getPort();
  }

  /** Where gRPC listens, as host:port. */
  public String address() {
    return host() + ":" + port();
  }

  /** Where JSON is, if it is anywhere. */
  public Optional<String> jsonUrl() {
    return json.map(it -> "http://" + host() + ":" + it.port());
  }

  /** Whether it has a configuration; without one it answers nobody. */
  public boolean isConfigured() {
    return rules.now().isPresent();
  }

  /** A request that a limit is for, in JSON, if there is one. */
  public Optional<String> example() {
    return rules.now().flatMap(Rules::example);
  }

  private String host() {
    return config.bind().contains(":") ? "[" + config.bind() + "]" : config.bind();
  }

  @Override
  public void close() {
    health.stopping();
    watch.close();
    grpc.shutdown();
    try {
      admission.close(DRAIN);
      desk.cutOff();
      grpc.awaitTermination(WRITTEN_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    grpc.shutdownNow();
    json.ifPresent(SideServer::close);
    stopThreads();
  }

  private void stopThreads() {
    watch.close();
    threads.shutdown();
    loops
        .shutdownGracefully(0, WRITTEN_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(2 * WRITTEN_WITHIN.toMillis());
  }
}
