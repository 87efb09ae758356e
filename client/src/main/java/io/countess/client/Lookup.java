package io.countess.client;

import io.countess.event.Durations;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks the address of the server up before a request needs it. A lookup has no time-out, and a
 * thread in it can't be interrupted: here it costs one thread, however many calls wait for it, and
 * each no longer than it has. The JVM then knows the address for a while, so that requests find it.
 */
final class Lookup {
  /** Below the 30 s for which a JVM remembers addresses unless told otherwise. */
  private static final long KNOWN_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final String host;
  private final boolean isNeeded;
  private volatile Known known;
  private CompletableFuture<Void> running;

  /** When the address was found last. */
  private record Known(long sinceNanos) {}

  Lookup(URI url) {
    this.host = url.getHost();
    this.isNeeded = !isLiteral(host) && !isBehindProxy(url);
  }

  /**
   * Returns once the address is known, or is certainly not to be had.
   *
   * @throws TimeoutException where that takes longer than {@code deadline}
   */
  void await(Deadline deadline) throws TimeoutException, InterruptedException {
    Known last = known;
    if (!isNeeded || last != null && System.nanoTime() - last.sinceNanos < KNOWN_NANOS) {
      return;
    }
    try {
      running().get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      String within = Durations.format(deadline.whole());
      throw new TimeoutException("no address of " + host + " within " + within);
    } catch (ExecutionException unknown) {
      // The request finds the same, and says so.
    }
  }

  private synchronized CompletableFuture<Void> running() {
    if (running == null || running.isDone()) {
      running = new CompletableFuture<>();
      start(running);
    }
    return running;
  }

  private void start(CompletableFuture<Void> lookup) {
    var thread = new Thread(() -> run(lookup), "countess-lookup");
    thread.setDaemon(true);
    thread.start();
  }

  private void run(CompletableFuture<Void> lookup) {
    try {
      InetAddress.getAllByName(host);
      known = new Known(System.nanoTime());
      lookup.complete(null);
    } catch (UnknownHostException | RuntimeException unknown) {
      lookup.completeExceptionally(unknown);
    }
  }

  /** Addresses as they stand are not looked up. */
  private static boolean isLiteral(String host) {
    return host.startsWith("[") || host.matches("[0-9.]+");
  }

  /** A proxy looks names up itself, which this machine may not know. */
  private static boolean isBehindProxy(URI url) {
    var selector = ProxySelector.getDefault();
    return selector != null
        && selector.select(url).stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
  }
}
