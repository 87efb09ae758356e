package io.countess.http;

import io.countess.query.Commands;
import io.countess.query.Queries;
import io.javalin.Javalin;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The HTTP API on a port of its own. */
public final class HttpServer implements AutoCloseable {
  /** How many requests may be under way; more are refused. */
  private static final int MAX_UNDER_WAY = 4096;

  private static final Duration DRAIN = Duration.ofSeconds(5);

  private final Javalin javalin;
  private final Admission admission;

  private HttpServer(Javalin javalin, Admission admission) {
    this.javalin = javalin;
    this.admission = admission;
  }

  /**
   * Starts to serve.
   *
   * @param port is closed with the server
   * @param registry what {@code /metrics} shows; meters of the requests are added to it
   */
  public static HttpServer start(
      HttpPort port, Queries queries, Commands commands, PrometheusMeterRegistry registry) {
    return start(port, queries, commands, registry, new Admission(MAX_UNDER_WAY));
  }

  static HttpServer start(
      HttpPort port,
      Queries queries,
      Commands commands,
      PrometheusMeterRegistry registry,
      Admission admission) {
    var routes = routes(queries, commands, registry, admission);
    var metrics = new RequestMetrics(registry, routes, admission);
    var jetty = new JettySetup();
    var dispatcher =
        new Dispatcher(new Router(routes), port.gate(), admission, metrics, jetty.pool());
    Javalin javalin = jetty.javalin(port, dispatcher::dispatch);
    return new HttpServer(javalin.start(), admission);
  }

  static List<Route> routes(
      Queries queries, Commands commands, PrometheusMeterRegistry registry, Admission admission) {
    var routes = new ArrayList<Route>();
    routes.addAll(new CounterRoutes(queries, commands).routes());
    routes.addAll(new NamespaceRoutes(queries, commands).routes());
    routes.addAll(new EventRoutes(commands, admission::isClosed, registry).routes());
    routes.addAll(new OperationRoutes(queries, registry).routes());
    routes.addAll(new DocsRoutes().routes());
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
      admission.close(DRAIN);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    javalin.stop();
  }
}
