package io.countess.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client of Redis was told is counted, also where the process is killed while it counts. */
class RedisKillTest {
  private static final Duration READY = Duration.ofSeconds(90);
  private static final int KILLS = 2;
  private static final int BETWEEN = 320;
  private static final int TOGETHER = 16;

  @TempDir Path data;

  @Test
  void shouldHoldWhatWasAnsweredWhenItIsKilledUnderLoad() throws Exception {
    List<Integer> ports = FreePorts.take(3);
    Process serve = serve(ports);
    try {
      await().atMost(READY).until(() -> value(ports.get(2)).isPresent());
      var counting = new Counting(ports.get(2));
      var running = CompletableFuture.runAsync(counting);
      for (int kill = 1; kill <= KILLS; kill++) {
        int some = kill * BETWEEN;
        await().atMost(READY).until(() -> counting.answered.get() >= some);
        serve.destroyForcibly().waitFor();
        serve = serve(ports);
        await().atMost(READY).until(() -> value(ports.get(2)).isPresent());
      }
      counting.stop.set(true);
      running.join();

      await().atMost(READY).until(() -> value(ports.get(2)).isPresent());
      assertThat(value(ports.get(2)).orElseThrow())
          .isBetween(
              (long) counting.answered.get(),
              (long) counting.answered.get() + counting.unknown.get());
      assertThat(counting.unknown).hasValueLessThan(BETWEEN);
    } finally {
      serve.destroyForcibly().waitFor();
    }
  }

  private Process serve(List<Integer> ports) throws IOException {
    return ServeProcess.start(
        data,
        "--http-port=" + ports.get(0),
        "--kafka-port=" + ports.get(1),
        "--redis",
        "--redis-port=" + ports.get(2));
  }

  /** What the one key holds; empty where nobody can tell it now. */
  private static Optional<Long> value(int port) {
    try (var peer = new Peer(port)) {
      peer.send("GET k\r\n");
      String first = peer.line();
      if (first == null || first.startsWith("-")) {
        return Optional.empty();
      }
      return Optional.of(first.equals("$-1") ? 0 : Long.parseLong(peer.line()));
    } catch (IOException nobody) {
      return Optional.empty();
    }
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

    /** The next line; null where the connection has ended. */
    String line() throws IOException {
      return reader.readLine();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** Counts in pipelines, and keeps the books on what is known of each command. */
  private static final class Counting implements Runnable {
    private static final long WAIT_NANOS = 10_000_000;

    private final int port;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();

    Counting(int port) {
      this.port = port;
    }

    @Override
    public void run() {
      while (!stop.get()) {
        try (var peer = new Peer(port)) {
          while (!stop.get()) {
            countSome(peer);
          }
        } catch (IOException ended) {
          LockSupport.parkNanos(WAIT_NANOS);
        }
      }
    }

    /** Numbers come in the order of their commands, so each is higher than the one before. */
    private void countSome(Peer peer) throws IOException {
      int open = TOGETHER;
      unknown.addAndGet(TOGETHER);
      peer.send("INCR k\r\n".repeat(TOGETHER));
      long last = 0;
      for (String line = peer.line(); line != null; line = peer.line()) {
        open--;
        if (line.startsWith(":")) {
          assertThat(Long.parseLong(line.substring(1))).isGreaterThan(last);
          last = Long.parseLong(line.substring(1));
          unknown.decrementAndGet();
          answered.incrementAndGet();
        } else if (!line.contains("it may have been done")) {
          unknown.decrementAndGet(); // it is starting, and says that it has done nothing
          LockSupport.parkNanos(WAIT_NANOS);
        }
        if (open == 0) {
          return;
        }
      }
      throw new IOException("the connection has ended");
    }
  }
}
