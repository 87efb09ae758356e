package io.countess.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that listens and is of no use: what a hung process or a lost packet looks like. */
final class SilentServer implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 64;
  private static final int DROPPED_MILLIS = 300;

  private final ServerSocket socket;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  private SilentServer(int backlog) {
    try {
      socket = new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** As one that was stopped by a signal: its machine takes connections, and nobody reads. */
  static SilentServer stopped() {
    return new SilentServer(50);
  }

  /** Whose machine answers no more attempts to connect: its queue of connections is full. */
  static SilentServer blackHole() {
    var server = new SilentServer(1);
    while (server.takesAnother()) {
      if (server.connections.size() > MOST_CONNECTIONS) {
        throw new IllegalStateException("this machine's queue of connections does not fill up");
      }
    }
    return server;
  }

  /** One that starts to answer, and then sends a byte now and then. */
  static SilentServer dribbling() {
    var server = new SilentServer(50);
    server.start(server::acceptAndDribble);
    return server;
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    closeQuietly(socket);
    connections.forEach(SilentServer::closeQuietly);
  }

  private boolean takesAnother() {
    try {
      var connection = new Socket();
      connections.add(connection);
      connection.connect(
          new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort()), DROPPED_MILLIS);
      return true;
    } catch (IOException dropped) {
      return false;
    }
  }

  private void acceptAndDribble() {
    try {
      while (true) {
        var connection = socket.accept();
        connections.add(connection);
        start(() -> dribble(connection));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static void dribble(Socket connection) {
    try {
      var out = connection.getOutputStream();
      String head =
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n";
      out.write((head + "\r\n{").getBytes(US_ASCII));
      while (!Thread.interrupted()) {
        out.write(' ');
        Thread.sleep(5);
      }
    } catch (IOException | InterruptedException over) {
      // The client or the test went away.
    }
  }

  private void start(Runnable task) {
    var thread = new Thread(task, "silent-server");
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private static void closeQuietly(AutoCloseable it) {
    try {
      it.close();
    } catch (Exception gone) {
      throw new IllegalStateException(gone);
    }
  }
}
