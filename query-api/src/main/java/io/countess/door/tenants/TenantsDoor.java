package io.countess.door.tenants;

import io.countess.background.DaemonThreads;
import io.countess.door.Admission;
import io.countess.door.Door;
import io.countess.door.Floor;
import io.countess.door.KeysConfig;
import io.countess.door.http.Gate;
import io.countess.door.http.HttpConfig;
import io.countess.door.http.HttpPort;
import io.countess.door.http.SidePlaces;
import io.countess.door.http.SideServer;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers clients of counter-api. */
public final class TenantsDoor implements Door {
  private static final HttpPort.Names NAMES = new HttpPort.Names("tenants-bind", "tenants-port");

  /** How many requests may be under way, as counter-api has it; more are refused. */
  private static final int MAX_UNDER_WAY = 128;

  /** On which answers are written, which waits for nobody. */
  private static final int THREADS = 2;

  private final TenantsConfig config;
  private final SidePlaces places;
  private final AccessLog accessLog;
  private final ExecutorService writers =
      Executors.newFixedThreadPool(THREADS, new DaemonThreads("tenants"));
  private final SideServer server;

  private TenantsDoor(Opening opening, Floor floor, int most) {
    config = opening.config();
    accessLog = opening.accessLog();
    places = new SidePlaces(new Admission(most));
    var ports = new Ports(floor.on(writers), new Names(config.namespace()));
    var ready = new Ready(ports, config);
    var credentials = new Credentials(ports, ready);
    var meters = new Meters();
    Optional<Gate> gate =
        opening.isWithoutKeys() ? Optional.of(opening.port().gate(floor.keys())) : Optional.empty();
    var api =
        new Api(
            new Api.Parts(
                ports,
                ready,
                new Routes(ports, ready, credentials, meters),
                new Authentication(
                    config.adminKey(), floor.keys(), config.namespace(), credentials),
                gate,
                new Limiter(ports, ready, config.limit()),
                config.origins(),
                places,
                most,
                meters,
                floor.meters("tenants"),
                accessLog));
    server =
        SideServer.start(
            opening.port(),
            new SideServer.Site("tenants", api, ApiReply::broken),
            Incoming.MAX_BODY_BYTES,
            Optional.empty());
  }

  /** What is there before it opens. */
  private record Opening(
      TenantsConfig config, boolean isWithoutKeys, HttpPort port, AccessLog accessLog) {}

  /**
   * Binds the port and begins to answer.
   *
   * @throws io.countess.event.InvalidInputException naming the setting that is wrong, such as a
   *     port that is taken
   */
  public static TenantsDoor start(TenantsConfig config, KeysConfig keys, Floor floor) {
    return start(config, keys, floor, MAX_UNDER_WAY);
  }

  static TenantsDoor start(TenantsConfig config, KeysConfig keys, Floor floor, int most) {
    config.requireGuard(keys);
    AccessLog accessLog = AccessLog.open(config.accessLog());
    boolean onlyLoopback = config.isLoopback() && !keys.insecure();
    var http = new HttpConfig(config.bind(), config.port());
    HttpPort port = HttpPort.bind(http, onlyLoopback, NAMES);
    var opening = new Opening(config, !config.asks(keys), port, accessLog);
    return new TenantsDoor(opening, floor, most);
  }

  public int port() {
    return server.port();
  }

  /** Where it listens. */
  public String url() {
    String host = config.bind().contains(":") ? "[" + config.bind() + "]" : config.bind();
    return "http://" + host + ":" + port();
  }

  @Override
  public void close() {
    places.close();
    server.close();
    writers.shutdownNow();
    accessLog.close();
  }
}
