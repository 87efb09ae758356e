package io.countess.http;

import io.countess.query.Commands;
import io.countess.query.Queries;
import io.javalin.Javalin;
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
   * Starts to listen.
   *
   * @throws io.countess.event.InvalidInputException where the settings don't fit together
   * @throws io.javalin.util.JavalinBindException where the port is taken
   */
  public static HttpServer start(HttpConfig config, Queries queries, Commands commands) {
    return start(config, queries, commands, new Admission(MAX_UNDER_WAY));
  }

  static HttpServer start(
      HttpConfig config, Queries queries, Commands commands, Admission admission) {
    var gate = new Gate(config);
    var jetty = new JettySetup();
    var dispatcher =
        new Dispatcher(
            new Router(routes(queries, commands, admission)), gate, admission, jetty.pool());
    var javalin = jetty.javalin(config, dispatcher::dispatch).start();
    return new HttpServer(javalin, admission);
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

  private static List<Route> routes(Queries queries, Commands commands, Admission admission) {
    var routes = new ArrayList<Route>();
    routes.addAll(new CounterRoutes(queries, commands).routes());
    routes.addAll(new NamespaceRoutes(queries, commands).routes());
    routes.addAll(new EventRoutes(commands, admission::isClosed).routes());
    return routes;
  }
}
