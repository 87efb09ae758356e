package io.countess.http;

import io.countess.event.InvalidInputException;
import io.countess.query.Commands;
import io.countess.query.Instance;
import io.countess.query.Queries;
import io.javalin.Javalin;
import io.javalin.util.JavalinException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
   * Starts to listen.
   *
   * @param here answers the other instances
   * @param registry what {@code /metrics} shows; meters of the requests are added to it
   * @throws InvalidInputException naming the setting that is wrong, such as a port that is taken
   */
  public static HttpServer start(
      HttpConfig config,
      Queries queries,
      Commands commands,
      Instance here,
      PrometheusMeterRegistry registry) {
    var admission = new Admission(MAX_UNDER_WAY);
    var routes = new ArrayList<>(routes(queries, commands, registry, admission));
    routes.addAll(new InternalRoutes(here).routes());
    return start(config, routes, registry, admission);
  }

  /**
   * Checks that the other instances will take the key that this one shows them.
   *
   * @throws InvalidInputException where they won't
   */
  public static void requirePeerKey(HttpConfig config, Optional<String> key) {
    new Gate(config).requirePeer(key);
  }

  static HttpServer start(
      HttpConfig config,
      Queries queries,
      Commands commands,
      PrometheusMeterRegistry registry,
      Admission admission) {
    return start(config, routes(queries, commands, registry, admission), registry, admission);
  }

  private static HttpServer start(
      HttpConfig config,
      List<Route> routes,
      PrometheusMeterRegistry registry,
      Admission admission) {
    var gate = new Gate(config);
    var metrics = new RequestMetrics(registry, routes, admission);
    var jetty = new JettySetup();
    var dispatcher = new Dispatcher(new Router(routes), gate, admission, metrics, jetty.pool());
    return new HttpServer(listen(config, jetty, dispatcher), dispatcher);
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
      dispatcher.close(DRAIN);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    javalin.stop();
  }

  private static Javalin listen(HttpConfig config, JettySetup jetty, Dispatcher dispatcher) {
    Javalin javalin = jetty.javalin(config, dispatcher::dispatch);
    try {
      return javalin.start();
    } catch (JavalinException failure) {
      javalin.stop();
      throw new InvalidInputException(
          "http-port",
          "%d can't be listened on: %s".formatted(config.port(), failure.getMessage()));
    }
  }
}
