package io.countess.door.http;

import io.countess.door.Door;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Serves the HTTP of another door on a port of its own: a Jetty with the bounds of the API's. Its
 * handler admits, answers and drains by itself.
 */
public final class SideServer implements Door {
  private static final int MAX_THREADS = 32;
  private static final int MIN_THREADS = 2;

  private final Server server;

  private SideServer(Server server) {
    this.server = server;
  }

  /**
   * What a door has there.
   *
   * @param name of its threads
   * @param form of what the server refuses by itself
   */
  public record Site(String name, Handler handler, RefusalForm form) {
    private Handler reading() {
      return new Reading(handler, form);
    }
  }

  /**
   * Starts to serve.
   *
   * @param port is closed with the server
   */
  public static SideServer start(HttpPort port, Site site) {
    return started(port, site, new Marking(site.reading()), Optional.empty());
  }

  /**
   * The same for requests with bodies, which are there when the handler gets them. Of longer ones
   * the handler gets a part.
   *
   * @param maxBodyBytes how long one may be
   * @param https what it speaks HTTPS with; empty for HTTP
   */
  public static SideServer start(
      HttpPort port, Site site, int maxBodyBytes, Optional<SslContextFactory.Server> https) {
    var bodies = new WholeBodies(port.config().idle(), path -> maxBodyBytes);
    bodies.setHandler(site.reading());
    return started(port, site, bodies, https);
  }

  private static SideServer started(
      HttpPort port, Site site, Handler handler, Optional<SslContextFactory.Server> https) {
    QueuedThreadPool pool = JettySetup.pool(site.name(), MAX_THREADS, MIN_THREADS);
    var server = new Server(pool);
    var http = new HttpConfiguration();
    JettySetup.configure(http);
    var plain = new HttpConnectionFactory(http);
    var factories =
        https
            .map(it -> AbstractConnectionFactory.getFactories(it, plain))
            .orElse(new ConnectionFactory[] {plain});
    server.addConnector(JettySetup.connector(server, port, factories));
    server.setErrorHandler(new JettyProblems(site.form()));
    server.setHandler(handler);
    try {
      server.start();
    } catch (Exception failure) { // it throws any
      throw new IllegalStateException("HTTP of a door could not start", failure);
    }
    return new SideServer(server);
  }

  /** Marks connections with a request under way, so that they are not taken for dribblers. */
  private static final class Marking extends Handler.Wrapper {
    Marking(Handler handler) {
      super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      Connections.begun(request);
      return super.handle(request, response, callback);
    }
  }

  /** A body that stops in the middle is the sender's fault, and none of the server's. */
  private static final class Reading extends Handler.Wrapper {
    private final RefusalForm form;

    Reading(Handler handler, RefusalForm form) {
      super(handler);
      this.form = form;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      try {
        return super.handle(request, response, callback);
      } catch (IOException unreadable) {
        var incoming = new Exchange.Incoming(request, response, callback);
        Problem problem = Failures.unreadable(unreadable);
        incoming.write(JettyProblems.reply(form, problem.status(), problem.detail()));
        return true;
      }
    }
  }

  /** The port that it listens on. */
  public int port() {
    return server.getURI().getPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception failure) { // it throws any
      throw new IllegalStateException("HTTP of a door could not stop", failure);
    }
  }
}
