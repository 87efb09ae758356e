package io.countess.cluster;

import io.countess.background.DaemonThreads;
import io.countess.background.UnusedConnections;
import io.countess.query.Instance;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The way to the other instances. */
public final class Peers implements AutoCloseable {
  /** How long an instance may take to accept a connection. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

  private static final int THREADS = 4;

  /** Instances come and go, each with an address of its own: those not met for long are let go. */
  private static final int MAX_KNOWN = 256;

  private final ExecutorService executor =
      Executors.newFixedThreadPool(THREADS, new DaemonThreads("countess-peers"));
  private final HttpClient client;
  private final Optional<String> key;
  private final int partitions;
  private final MeterRegistry registry;
  private final Map<String, Instance> known = new ConcurrentHashMap<>();

  /**
   * @param key what this instance shows the others, if anything
   * @param partitions of the log
   * @param registry takes what is asked and how it was answered
   */
  public Peers(Optional<String> key, int partitions, MeterRegistry registry) {
    this.key = key;
    this.registry = registry;
    this.partitions = partitions;
    UnusedConnections.letGoEarly();
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .executor(executor)
            .build();
  }

  /** The instance at {@code address}, given as {@code host:port}. */
  Instance at(String address) {
    if (known.size() > MAX_KNOWN) {
      known.clear();
    }
    return known.computeIfAbsent(address, this::meet);
  }

  private Instance meet(String address) {
    var peer = new Peer(client, address, key, partitions);
    return new MeasuredInstance(peer, MeasuredInstance.Role.ASKS, registry);
  }

  /** Threads for what must not be done by a thread of the fold. */
  public Executor executor() {
    return executor;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
