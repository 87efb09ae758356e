package io.countess.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that gives the answers it was told to give, one after another. */
public final class FakeServer implements AutoCloseable {
  private final HttpServer server;
  private final Queue<Answer> answers = new ArrayDeque<>();
  private Answer last;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<Headers> headers = new CopyOnWriteArrayList<>();
  private volatile String authorization;

  private record Answer(int status, String body, String retryAfter) {}

  public FakeServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    server.createContext("/", this::serve);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Gives this answer to the next request, with double quotes for single ones. */
  public FakeServer answer(String json) {
    return answer(200, json, null);
  }

  public FakeServer answer(int status, String json, String retryAfter) {
    answers.add(new Answer(status, json.replace('\'', '"'), retryAfter));
    return this;
  }

  /**
   * Method and URI of each request that came, without the time that it had: that is less each time.
   */
  public List<String> asked() {
    return asked;
  }

  public List<String> bodies() {
    return bodies;
  }

  /** A header of the last request, null where it was not there. */
  public String header(String name) {
    return headers.get(headers.size() - 1).getFirst(name);
  }

  public String authorization() {
    return authorization;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private synchronized void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      asked.add(line.replaceFirst("[?&]timeout=[^&]*$", ""));
      headers.add(exchange.getRequestHeaders());
      authorization = exchange.getRequestHeaders().getFirst("Authorization");
      // A load may come in several parts: the last answer is also that to what follows.
      last = answers.isEmpty() ? last : answers.remove();
      Answer answer = last;
      boolean good = answer.status() < 300;
      exchange
          .getResponseHeaders()
          .set("Content-Type", good ? "application/json" : "application/problem+json");
      if (answer.retryAfter() != null) {
        exchange.getResponseHeaders().set("Retry-After", answer.retryAfter());
      }
      byte[] bytes = answer.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
