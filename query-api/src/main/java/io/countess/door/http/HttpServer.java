package io.countess.door.http;

import io.countess.door.Admission;
import io.countess.query.Commands;
import io.countess.query.Instance;
import io.countess.query.Queries;
import io.javalin.Javalin;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The HTTP API on a port of its own. */
public final class HttpServer implements AutoCloseable {
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
   * @param registry what {@code /metrics} shows; meters of the requests are added to it
   */
  public static HttpServer start(
      HttpPort port,
      Queries queries,
      Commands commands,
      Supplier<Optional<Instance>> here,
      PrometheusMeterRegistry registry) {
    var admission = new Admission(MAX_UNDER_WAY);
    var loads = loads(port, queries, admission);
    var routes = new ArrayList<>(routes(queries, commands, registry, admission, loads));
    routes.addAll(new InternalRoutes(here).routes());
    return start(port, routes, registry, admission);
  }

  static HttpServer start(
      HttpPort port,
      Queries queries,
      Commands commands,
      PrometheusMeterRegistry registry,
      Admission admission) {
    var loads = loads(port, queries, admission);
    var routes = routes(queries, commands, registry, admission, loads);
    return start(port, routes, registry, admission);
  }

  private static Loads loads(HttpPort port, Queries queries, Admission admission) {
    var loads = new Loads(port.config().idle(), queries);
    admission.onClose(loads::stop);
    return loads;
  }

  private static HttpServer start(
      HttpPort port, List<Route> routes, PrometheusMeterRegistry registry, Admission admission) {
    var metrics = new RequestMetrics(registry, admission);
    var jetty = new JettySetup();
    var dispatcher =
        new Dispatcher(new Router(routes), port.gate(), admission, metrics, jetty.pool());
    var javalin = jetty.javalin(port, dispatcher, new Pages(metrics));
    return new HttpServer(javalin.start(), dispatcher);
  }

  static List<Route> routes(
      Queries queries,
      Commands commands,
      PrometheusMeterRegistry registry,
      Admission admission,
      Loads loads) {
    var routes = new ArrayList<Route>();
    routes.addAll(new CounterRoutes(queries, commands).routes());
    routes.addAll(new ClaimRoutes(commands).routes());
    routes.addAll(new NamespaceRoutes(queries, commands).routes());
    routes.addAll(new EventRoutes(commands, loads, registry).routes());
    routes.addAll(new OperationRoutes(queries, registry).routes());
    return routes;
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
