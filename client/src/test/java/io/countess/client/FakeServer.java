package io.countess.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/** Answers every request with what it was told last, and remembers what it was asked. */
final class FakeServer implements AutoCloseable {
  private static final Pattern TIMEOUT = Pattern.compile("[?&]timeout=([^&]*)$");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private volatile Handler handler;

  /**
   * A request, as it came.
   *
   * @param line without the time that it has, which is less each time
   * @param timeout that time, null where none is given
   */
  record Asked(String line, String timeout, Map<String, List<String>> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name, List.of("")).get(0);
    }
  }

  /** Answers a request. */
  interface Handler {
    void handle(HttpExchange exchange, Asked asked) throws IOException;
  }

  FakeServer() {
    this(0);
  }

  private FakeServer(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  /** Another one at the same address, where this one is closed. */
  FakeServer again() {
    return new FakeServer(server.getAddress().getPort());
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The only request that came. */
  Asked asked() {
    if (asked.size() != 1) {
      throw new AssertionError("asked " + asked.size() + " times: " + asked);
    }
    return asked.get(0);
  }

  /** All requests that came. */
  List<Asked> all() {
    return asked;
  }

  void answer(String json, String... headers) {
    answer(200, "application/json", json, headers);
  }

  void problem(int status, String json, String... headers) {
    answer(status, "application/problem+json", json, headers);
  }

  void answer(int status, String type, String body, String... headers) {
    handler =
        (exchange, asked) -> {
          for (int i = 0; i < headers.length; i += 2) {
            exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
          }
          send(exchange, status, type, body);
        };
  }

  /** Answers one request. */
  static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    byte[] bytes = body.replace('\'', '"').getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  void handle(Handler other) {
    handler = other;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      var timeout = TIMEOUT.matcher(line);
      var request =
          new Asked(
              timeout.replaceFirst(""),
              timeout.reset().find() ? timeout.group(1) : null,
              Map.copyOf(exchange.getRequestHeaders()),
              body);
      asked.add(request);
      handler.handle(exchange, request);
    }
  }
}
