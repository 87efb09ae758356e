package io.countess.door.http;

import io.countess.door.Admission;
import io.countess.door.Caller;
import io.countess.door.Door;
import io.countess.door.Floor;
import io.countess.door.Hop;
import io.countess.door.RequestMeters;
import io.countess.query.Instance;
import io.javalin.Javalin;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The HTTP API on a port of its own. */
public final class HttpServer implements Door {
  /** How many requests may be under way; more are refused. */
  private static final int MAX_UNDER_WAY = 4096;

  /** Other instances can take over only after that. */
  private static final Duration DRAIN = Duration.ofSeconds(2);

  private final Javalin javalin;
  private final Dispatcher dispatcher;

  private HttpServer(Javalin javalin, Dispatcher dispatcher) {
    this.javalin = javalin;
    this.dispatcher = dispatcher;
  }

  /**
   * Starts to serve.
   *
   * @param port is closed with the server
   * @param here answers the other instances; empty until the service has started
   */
  public static HttpServer start(HttpPort port, Floor floor, Supplier<Optional<Instance>> here) {
    return start(port, floor, here, new Admission(MAX_UNDER_WAY));
  }

  static HttpServer start(
      HttpPort port, Floor floor, Supplier<Optional<Instance>> here, Admission admission) {
    var jetty = new JettySetup();
    var loads = new Loads(port.config().idle(), floor.queries(Caller.ANYONE));
    admission.onClose(loads::stop);
    var routes = new ArrayList<>(routes(floor));
    // Not on the server's threads: of a load each line is answered.
    routes.addAll(new EventRoutes(floor, loads).routes());
    routes.addAll(new PeerRoutes(here, new Hop(jetty.pool())).routes());
    var meters = meters(floor.registry(), admission);
    var gate = port.gate(floor.keys());
    var dispatcher = new Dispatcher(new Router(routes), gate, admission, meters);
    return new HttpServer(jetty.javalin(port, dispatcher, new Pages(meters)).start(), dispatcher);
  }

  /** All that is described for others, but loads. */
  static List<Route> routes(Floor floor) {
    var routes = new ArrayList<Route>();
    routes.addAll(new CounterRoutes(floor).routes());
    routes.addAll(new ClaimRoutes(floor).routes());
    routes.addAll(new NamespaceRoutes(floor).routes());
    routes.addAll(new CounterPolicyRoutes(floor).routes());
    routes.addAll(new OperationRoutes(floor).routes());
    return routes;
  }

  private static RequestMeters meters(MeterRegistry registry, Admission admission) {
    Gauge.builder("countess.http.under.way", admission, Admission::underWay)
        .description("requests that are being answered")
        .strongReference(true)
        .register(registry);
    return new RequestMeters(registry, "countess.http.requests", "method", "route", "status");
  }

  /** The port that it listens on. */
  public int port() {
    return javalin.port();
  }

  /** Lets requests that are under way finish, for some seconds at most, and stops. */
  @Override
  public void close() {
    try {
      dispatcher.close(DRAIN);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    javalin.stop();
  }
}
