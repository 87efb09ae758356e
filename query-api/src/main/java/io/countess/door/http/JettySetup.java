package io.countess.door.http;

import io.javalin.Javalin;
import io.javalin.config.JettyConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The one Jetty of HTTP: bounded, and leaving every path as it was sent. The API is a handler of
 * Jetty's own, for the sake of raw names and speed; behind it stands Javalin with the pages.
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

  private final QueuedThreadPool pool = named("http", new LoopThreads(MAX_THREADS, MIN_THREADS));

  /** Threads of a server. */
  static QueuedThreadPool pool(String name, int most, int least) {
    return named(name, new QueuedThreadPool(most, least));
  }

  private static QueuedThreadPool named(String name, QueuedThreadPool pool) {
    pool.setName(name);
    pool.setDaemon(true);
    pool.setStopTimeout(STOP_MILLIS);
    return pool;
  }

  QueuedThreadPool pool() {
    return pool;
  }

  /** A server that gives every request to {@code api} first, not started yet. */
  Javalin javalin(HttpPort port, Dispatcher api, Pages pages) {
    return Javalin.create(
        config -> {
          pages.configure(config);
          configure(config.jetty, port, api);
        });
  }

  private void configure(JettyConfig jetty, HttpPort port, Dispatcher api) {
    jetty.threadPool = pool;
    jetty.modifyServer(server -> configure(server, port.config(), api));
    jetty.modifyHttpConfiguration(JettySetup::configure);
    jetty.addConnector((server, http) -> connector(server, port, new HttpConnectionFactory(http)));
    jetty.modifyServletContextHandler(context -> context.setErrorHandler(new JettyProblems()));
  }

  /** In place of Javalin's own handlers, which would count each request once more. */
  private static void configure(Server server, HttpConfig config, Dispatcher api) {
    server.setErrorHandler(new JettyProblems());
    server.setDynamic(false); // so Jetty believes what its handlers say: that they don't block
    var bodies = new WholeBodies(config.idle(), WholeBodies::ofApi);
    bodies.setHandler(api);
    server.setHandler(new WholeServer(CrossOrigins.around(bodies, config.cors())));
  }

  static void configure(HttpConfiguration http) {
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    http.setMaxResponseHeaderSize(MAX_HEADER_BYTES);
    http.setUriCompliance(ANY_NAME);
    http.setSendServerVersion(false);
  }

  static Connector connector(Server server, HttpPort port, ConnectionFactory... factories) {
    var connector = new Connections(server, port.config().idle(), factories);
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
