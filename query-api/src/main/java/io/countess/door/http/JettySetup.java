package io.countess.door.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.servlet.SubmitOrder;
import io.javalin.http.servlet.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.function.Consumer;
import kotlin.Unit;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Javalin and Jetty as Countess needs them: bounded, and leaving every path as it was sent.
 *
 * <p>Javalin's own routes match by regular expressions, one after the other, and decode the path in
 * between; here its request life cycle is one task, which has its own {@link Router}.
 */
final class JettySetup {
  private static final int MAX_THREADS = 200;
  private static final int MIN_THREADS = 8;
  private static final int MAX_CONNECTIONS = 8192;

  /** Enough for the longest key, all of it percent-encoded, and for a position of 1024 parts. */
  private static final int MAX_HEADER_BYTES = 32 * 1024;

  private static final int STOP_MILLIS = 2000;

  /** All that can stand in a path, since names can; what is no path at all stays forbidden. */
  private static final UriCompliance ANY_NAME =
      UriCompliance.from(
          EnumSet.complementOf(
              EnumSet.of(Violation.UTF16_ENCODINGS, Violation.USER_INFO, Violation.FRAGMENT)));

  private final QueuedThreadPool pool = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);

  JettySetup() {
    pool.setName("http");
    pool.setDaemon(true);
    pool.setStopTimeout(STOP_MILLIS);
  }

  QueuedThreadPool pool() {
    return pool;
  }

  /** A server that gives every request to {@code handler}, not started yet. */
  Javalin javalin(HttpPort port, Consumer<Context> handler) {
    Javalin javalin = Javalin.create(settings -> configure(settings, port, handler));
    // Javalin's own server would count every request twice: it has a statistics handler.
    javalin.unsafe.jettyInternal.server = server(port.config());
    return javalin;
  }

  private Server server(HttpConfig config) {
    var server = new Server(pool);
    server.setErrorHandler(new JettyProblems());
    var bodies = new WholeBodies(config.idle());
    server.setHandler(new WholeServer(CrossOrigins.around(bodies, config.cors())));
    return server;
  }

  private static void configure(JavalinConfig settings, HttpPort port, Consumer<Context> handler) {
    settings.startup.showJavalinBanner = false;
    settings.startup.startupWatcherEnabled = false;
    settings.startup.showOldJavalinVersionWarning = false;
    settings.http.defaultContentType = Reply.JSON;
    giveAllTo(handler, settings);
    settings.jetty.modifyHttpConfiguration(JettySetup::configure);
    settings.jetty.addConnector((server, http) -> connector(server, http, port));
    settings.jetty.modifyServletContextHandler(
        context -> context.setErrorHandler(new JettyProblems()));
  }

  @SuppressWarnings("unchecked") // the array is Javalin's, of one element
  private static void giveAllTo(Consumer<Context> handler, JavalinConfig settings) {
    settings.requestLifeCycle(
        (submit, servlet, context, path) -> {
          var task =
              new Task(
                  true,
                  () -> {
                    handler.accept(context);
                    return Unit.INSTANCE;
                  });
          submit.invoke(SubmitOrder.LAST, task);
        });
  }

  private static void configure(HttpConfiguration http) {
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    http.setMaxResponseHeaderSize(MAX_HEADER_BYTES);
    http.setUriCompliance(ANY_NAME);
    http.setSendServerVersion(false);
  }

  private static Connector connector(Server server, HttpConfiguration http, HttpPort port) {
    var factory = new HttpConnectionFactory(http);
    var connector = new Connections(server, factory, port.config().idle());
    connector.setHost(port.config().bind());
    open(connector, port);
    connector.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, connector));
    return connector;
  }

  private static void open(ServerConnector connector, HttpPort port) {
    try {
      connector.open(port.channel());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
