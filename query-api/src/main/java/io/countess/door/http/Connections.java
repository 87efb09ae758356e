package io.countess.door.http;

import io.countess.background.PeriodicTasks;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes connections in, and ends those that nobody can be waiting for. Jetty ends one that is
 * silent; what it does not end is one whose sender dribbles a header, byte by byte, and one whose
 * other end is gone while it is allowed to be silent, as a pipe that is loaded is.
 */
final class Connections extends ServerConnector {
  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  /** When nothing has come for so long, TCP asks whether the other end is still there. */
  private static final int PROBE_AFTER_SECONDS = 30;

  private static final int PROBE_EVERY_SECONDS = 10;
  private static final int PROBES = 3;

  private final Duration header;
  private final Runnable look = PeriodicTasks.guarded("countess-connections", this::look);

  /**
   * Those with a request under way. Jetty's own numbers of messages don't tell: 100 Continue is a
   * message, too.
   */
  private final Set<EndPoint> busy = ConcurrentHashMap.newKeySet();

  /** Those between two requests; only the thread that looks knows them. */
  private Map<EndPoint, Begun> between = new HashMap<>();

  /**
   * @param header how long the head of a request may take
   */
  Connections(Server server, HttpConnectionFactory http, Duration header) {
    super(server, http);
    this.header = header;
    setIdleTimeout(header.toMillis());
  }

  /**
   * What may be the beginning of a request.
   *
   * @param bytes that the connection had got before
   * @param sinceNanos when more than those were seen first; 0 as long as there are none
   */
  private record Begun(long bytes, long sinceNanos) {}

  /** The head of a request is there. */
  static void begun(Request request) {
    if (request.getConnectionMetaData().getConnector() instanceof Connections connections) {
      EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
      connections.busy.add(connection);
      Request.addCompletionListener(request, failure -> connections.busy.remove(connection));
    }
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    lookLater();
  }

  @Override
  protected void configure(Socket socket) {
    super.configure(socket);
    try {
      socket.setKeepAlive(true);
      if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
        socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, PROBE_AFTER_SECONDS);
        socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, PROBE_EVERY_SECONDS);
        socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
      }
    } catch (IOException gone) {
      LOG.debug("a connection was closed as it was opened", gone);
    }
  }

  private void lookLater() {
    long everyMillis = Math.max(10, Math.min(1000, header.toMillis() / 4));
    getScheduler().schedule(this::lookAgain, everyMillis, TimeUnit.MILLISECONDS);
  }

  private void lookAgain() {
    if (isRunning()) {
      look.run();
      lookLater();
    }
  }

  private void look() {
    var now = new HashMap<EndPoint, Begun>();
    for (EndPoint connection : getConnectedEndPoints()) {
      Connection http = connection.getConnection();
      if (http == null || busy.contains(connection)) {
        continue;
      }
      Begun begun = begun(http, between.get(connection));
      if (begun.sinceNanos != 0 && System.nanoTime() - begun.sinceNanos > header.toNanos()) {
        connection.close();
      } else {
        now.put(connection, begun);
      }
    }
    between = now;
  }

  private static Begun begun(Connection http, Begun before) {
    long bytes = http.getBytesIn();
    if (before == null) {
      boolean isNew = http.getMessagesIn() == 0;
      return isNew && bytes > 0 ? new Begun(0, System.nanoTime()) : new Begun(bytes, 0);
    } else if (before.sinceNanos == 0 && bytes > before.bytes) {
      return new Begun(before.bytes, System.nanoTime());
    }
    return before;
  }
}
