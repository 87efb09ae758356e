package io.countess.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a number of connections busy from one thread: each sends its next request when its last one
 * is answered. It shares the machine with the server, and costs about as much as a client can cost
 * that is written in Java.
 */
final class Load implements AutoCloseable {
  private static final int MOST_REQUESTS = 4_000_000;
  private static final long SELECT_MILLIS = 100;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  private final Workbench bench;
  private final Selector selector;
  private final List<Exchange> connections = new ArrayList<>();
  private final Latencies latencies = new Latencies(MOST_REQUESTS);

  /** Opens connections. */
  interface Opener {
    Exchange open(Selector selector) throws IOException;
  }

  private Load(Workbench bench, int count, Opener opener) throws IOException {
    this.bench = bench;
    selector = Selector.open();
    for (int i = 0; i < count; i++) {
      connections.add(opener.open(selector));
    }
  }

  /** Connects {@code count} times. */
  static Load open(Workbench bench, int count, Opener opener) {
    try {
      return new Load(bench, count, opener);
    } catch (IOException failure) {
      throw new UncheckedIOException("no connection to the server", failure);
    }
  }

  /** Sends these requests again and again for a while. */
  Speed run(List<byte[]> requests, Duration span) {
    try {
      return new Run(requests, span).go();
    } catch (IOException failure) {
      throw new BenchException("a load failed: " + failure, failure);
    }
  }

  @Override
  public void close() {
    try {
      for (Exchange each : connections) {
        each.close();
      }
      selector.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private final class Run {
    private final List<byte[]> requests;
    private final long startNanos = System.nanoTime();
    private final long endNanos;
    private int sent;
    private int answered;

    Run(List<byte[]> requests, Duration span) {
      this.requests = requests;
      this.endNanos = startNanos + span.toNanos();
    }

    Speed go() throws IOException {
      for (Exchange each : connections) {
        next(each);
      }
      while (answered < sent) {
        bench.checkGoesOn();
        selector.select(this::read, SELECT_MILLIS);
        if (System.nanoTime() - endNanos > ANSWER_WITHIN.toNanos()) {
          throw new BenchException("some requests were not answered");
        }
      }
      double perSecond = answered * 1e9 / (System.nanoTime() - startNanos);
      return new Speed(perSecond, latencies.millis(50, answered), latencies.millis(99, answered));
    }

    private void read(SelectionKey ready) {
      var exchange = (Exchange) ready.attachment();
      try {
        if (exchange.read()) {
          latencies.set(answered++, System.nanoTime() - exchange.sentNanos());
          next(exchange);
        }
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    private void next(Exchange exchange) throws IOException {
      if (System.nanoTime() - endNanos < 0 && sent < latencies.room()) {
        exchange.send(requests.get(sent++ % requests.size()));
      }
    }
  }
}
