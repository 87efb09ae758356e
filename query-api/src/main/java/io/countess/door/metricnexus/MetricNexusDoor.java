package io.countess.door.metricnexus;

import io.countess.background.DaemonThreads;
import io.countess.door.Admission;
import io.countess.door.Caller;
import io.countess.door.Door;
import io.countess.door.Floor;
import io.countess.door.KeysConfig;
import io.countess.door.http.HttpConfig;
import io.countess.door.http.HttpPort;
import io.countess.door.http.HttpPort.Names;
import io.countess.door.http.SidePlaces;
import io.countess.door.http.SideServer;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** MetricNexus's REST, and what Prometheus reads there. */
public final class MetricNexusDoor implements Door {
  private static final Names NAMES = new Names("metric-nexus-bind", "metric-nexus-port");

  /** How many requests may be under way; more are refused. */
  private static final int MAX_UNDER_WAY = 1024;

  /** On which answers are written, which waits for nobody. */
  private static final int THREADS = 2;

  private final MetricNexusConfig config;
  private final SidePlaces places;
  private final ExecutorService writers =
      Executors.newFixedThreadPool(THREADS, new DaemonThreads("metric-nexus"));
  private final Peers peers;
  private final SideServer server;

  private MetricNexusDoor(
      MetricNexusConfig config,
      HttpPort port,
      Optional<SslContextFactory.Server> https,
      Floor floor,
      Admission admission) {
    this.config = config;
    places = new SidePlaces(admission);
    Floor own = floor.on(writers);
    peers = new Peers(new Metrics(floor, Caller.ANYONE, config.namespace()));
    var login = new Login(floor.keys(), port.gate(floor.keys()));
    var rest = new Rest(own, config.namespace(), login, places, peers);
    var site = new SideServer.Site("metric-nexus", rest, NexusReply::broken);
    server = SideServer.start(port, site, Rest.MAX_BODY_BYTES, https);
  }

  /**
   * Binds the port and begins to answer.
   *
   * @throws io.countess.event.InvalidInputException naming the setting that is wrong, such as a
   *     port that is taken
   */
  public static MetricNexusDoor start(MetricNexusConfig config, KeysConfig keys, Floor floor) {
    return start(config, keys, floor, new Admission(MAX_UNDER_WAY));
  }

  static MetricNexusDoor start(
      MetricNexusConfig config, KeysConfig keys, Floor floor, Admission admission) {
    config.requireGuard(keys);
    boolean onlyLoopback = config.isLoopback() && !keys.insecure();
    var http = new HttpConfig(config.bind(), config.port());
    Optional<SslContextFactory.Server> https = config.https();
    HttpPort port = HttpPort.bind(http, onlyLoopback, NAMES);
    return new MetricNexusDoor(config, port, https, floor, admission);
  }

  public int port() {
    return server.port();
  }

  /** Where it listens. */
  public String url() {
    String host = config.bind().contains(":") ? "[" + config.bind() + "]" : config.bind();
    String scheme = config.tls() instanceof Tls.Off ? "http://" : "https://";
    return scheme + host + ":" + port();
  }

  @Override
  public void close() {
    peers.close();
    places.close();
    server.close();
    writers.shutdownNow();
  }
}
