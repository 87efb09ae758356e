package io.countess.cli.killed;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;

/** Counts in pipelines of Redis. Numbers rise from answer to answer, also through kills. */
final class Redis implements Client {
  private static final int TOGETHER = 16;

  private final int port;
  private Optional<Peer> connected = Optional.empty();
  private long last;

  Redis(int port) {
    this.port = port;
  }

  @Override
  public List<String> flags() {
    return List.of("--redis", "--redis-port=" + port);
  }

  @Override
  public boolean isServed() throws IOException {
    return value() >= 0;
  }

  /** What the one key holds. */
  private long value() throws IOException {
    try (var peer = new Peer(port)) {
      peer.send("GET k\r\n");
      return peer.line().equals("$-1") ? 0 : Long.parseLong(peer.line());
    }
  }

  @Override
  public int enough() {
    return 20 * TOGETHER;
  }

  @Override
  public void count(Books books) {
    try {
      if (connected.isEmpty()) {
        connected = Optional.of(new Peer(port));
      }
      countSome(connected.get(), books);
    } catch (IOException ended) {
      close();
      books.pause();
    }
  }

  private void countSome(Peer peer, Books books) throws IOException {
    int open = TOGETHER;
    try {
      peer.send("INCR k\r\n".repeat(TOGETHER));
      for (; open > 0; open--) {
        read(peer.line(), books);
      }
    } finally {
      books.lose(open);
    }
  }

  private void read(String line, Books books) {
    if (line.startsWith(":")) {
      assertThat(Long.parseLong(line.substring(1))).isGreaterThan(last);
      last = Long.parseLong(line.substring(1));
      books.answer();
    } else if (line.contains("it may have been done")) {
      books.lose(1);
    } else {
      books.pause();
    }
  }

  @Override
  public void check(Books books) throws IOException {
    assertThat(value()).isGreaterThanOrEqualTo(last);
    books.check(value());
  }

  @Override
  public void close() {
    connected.ifPresent(Peer::close);
    connected = Optional.empty();
  }

  /** A connection that sends and reads lines. */
  private record Peer(Socket socket, BufferedReader reader) implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    Peer(int port) throws IOException {
      this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    private Peer(Socket socket) throws IOException {
      this(socket, new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)));
      socket.setSoTimeout(PATIENCE_MILLIS);
    }

    void send(String lines) throws IOException {
      socket.getOutputStream().write(lines.getBytes(US_ASCII));
    }

    String line() throws IOException {
      String line = reader.readLine();
      if (line == null) {
        throw new IOException("the connection has ended");
      }
      return line;
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException ended) {
        throw new UncheckedIOException(ended);
      }
    }
  }
}
