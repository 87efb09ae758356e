package io.countess.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadTest {
  private static final Duration SPAN = Duration.ofMillis(300);

  @TempDir private Path directory;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final AtomicInteger answered = new AtomicInteger();
  private final Set<Integer> clients = ConcurrentHashMap.newKeySet();
  private HttpServer server;
  private Workbench bench;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/good", exchange -> answer(exchange, 200));
    server.createContext("/bad", exchange -> answer(exchange, 429));
    server.start();
    bench = Workbench.open(directory, new PrintStream(OutputStream.nullOutputStream()));
  }

  @AfterEach
  void stop() {
    bench.close();
    server.stop(0);
    threads.shutdownNow();
  }

  private Exchange exchange(Selector selector) throws IOException {
    return new io.countess.bench.HttpExchange(server.getAddress(), selector);
  }

  @Test
  void shouldKeepItsConnectionsBusyAndCountWhatWasAnswered() {
    try (var load = Load.open(bench, 4, this::exchange)) {
      Speed speed = load.run(List.of(get("/good/1"), get("/good/2")), SPAN);

      assertThat(clients).hasSize(4);
      assertThat(answered.get()).isGreaterThan(4);
      assertThat(speed.perSecond()).isPositive().isLessThan(answered.get() / 0.3);
      assertThat(speed.p50Millis()).isPositive().isLessThanOrEqualTo(speed.p99Millis());
    }
  }

  @Test
  void shouldRunAgainOnTheSameConnections() {
    try (var load = Load.open(bench, 2, this::exchange)) {
      load.run(List.of(get("/good")), SPAN);
      load.run(List.of(get("/good")), SPAN);

      assertThat(clients).hasSize(2);
    }
  }

  @Test
  void shouldFailWhereAnAnswerIsNotGood() {
    try (var load = Load.open(bench, 1, this::exchange)) {
      assertThatThrownBy(() -> load.run(List.of(get("/bad")), SPAN))
          .isInstanceOf(BenchException.class)
          .hasMessageContaining("429");
    }
  }

  private void answer(HttpExchange exchange, int status) throws IOException {
    clients.add(exchange.getRemoteAddress().getPort());
    byte[] body = "{\"count\":1}".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
    answered.incrementAndGet();
  }

  private static byte[] get(String path) {
    return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
