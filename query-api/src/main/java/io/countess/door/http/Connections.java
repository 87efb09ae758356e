package io.countess.door.http;

import io.countess.background.PeriodicTasks;
import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionFactory;
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

  /** Those with a request whose head has come since the last look: it did not dribble. */
  private final Set<EndPoint> headed = ConcurrentHashMap.newKeySet();

  /** Those between two requests; only the thread that looks knows them. */
  private Map<EndPoint, Begun> between = new HashMap<>();

  /**
   * @param header how long the head of a request may take
   * @param factories of HTTP, or of TLS and HTTP in it
   */
  Connections(Server server, Duration header, ConnectionFactory... factories) {
    super(server, factories);
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
      EndPoint connection = connection(request);
      connections.busy.add(connection);
      connections.headed.add(connection);
      Request.addCompletionListener(request, failure -> connections.busy.remove(connection));
    }
  }

  /** Runs things on the thread that reads a request's connection; they must not block. */
  static Executor reader(Request request) {
    return connection(request);
  }

  private static LoopEndPoint connection(Request request) {
    return LoopEndPoint.of(request.getConnectionMetaData().getConnection().getEndPoint());
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) {
    var connection = new LoopEndPoint(channel, selector, key, getScheduler());
    connection.setIdleTimeout(getIdleTimeout());
    return connection;
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
    Set<EndPoint> since = Set.copyOf(headed);
    headed.removeAll(since);
    for (EndPoint connection : getConnectedEndPoints()) {
      Connection bytes = connection.getConnection();
      if (bytes == null || busy.contains(connection)) {
        continue;
      }
      Begun begun =
          since.contains(connection)
              ? new Begun(bytes.getBytesIn(), 0)
              : begun(bytes, between.get(connection));
      if (begun.sinceNanos != 0 && System.nanoTime() - begun.sinceNanos > header.toNanos()) {
        connection.close();
      } else {
        now.put(connection, begun);
      }
    }
    between = now;
  }

  /**
   * @param connection whose bytes tell that something comes; of TLS, so that a handshake does, too
   */
  private static Begun begun(Connection connection, Begun before) {
    long bytes = connection.getBytesIn();
    if (before == null) {
      Connection http =
          connection instanceof SslConnection tls
              ? tls.getSslEndPoint().getConnection()
              : connection;
      boolean isNew = http == null || http.getMessagesIn() == 0;
      return isNew && bytes > 0 ? new Begun(0, System.nanoTime()) : new Begun(bytes, 0);
    } else if (before.sinceNanos == 0 && bytes > before.bytes) {
      return new Begun(before.bytes, System.nanoTime());
    }
    return before;
  }
}
