package io.countess.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Has this process do what it will ask of cold servers before it asks the first of them. Else that
 * one would be measured beside a client that is cold itself.
 */
record Practice(Workbench bench, Plan plan) {
  private static final byte[] ANSWER = "{\"count\":1}".getBytes(StandardCharsets.US_ASCII);

  /** On a log that nobody folds, and a server of HTTP that does nothing. */
  void run(int[] keys, int connections) {
    bench.step("cold, this process warms up");
    try (var log = TemporaryLog.start(bench, plan)) {
      new RawKafka(bench, log.log().servers()).produce(keys, Placing.KCAT);
    }
    HttpServer server = start();
    try (var load =
        Load.open(
            bench,
            connections,
            it -> new io.countess.bench.HttpExchange(server.getAddress(), it))) {
      load.run(List.of(Api.request("POST", "/", "localhost")), plan.span());
    } finally {
      server.stop(0);
    }
  }

  private static HttpServer start() {
    try {
      var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      HttpServer server = HttpServer.create(here, 0);
      server.createContext("/", Practice::answer);
      server.start();
      return server;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, ANSWER.length);
    try (var out = exchange.getResponseBody()) {
      out.write(ANSWER);
    }
  }
}
