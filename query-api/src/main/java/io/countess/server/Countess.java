package io.countess.server;

import io.countess.door.dracula.DraculaDoor;
import io.countess.door.envoy.EnvoyDoor;
import io.countess.door.metricnexus.MetricNexusDoor;
import io.countess.door.redis.RedisDoor;
import io.countess.door.tenants.TenantsDoor;
import io.countess.event.InvalidInputException;
import io.countess.event.LogFormat;
import io.countess.metrics.Metrics;
import io.countess.query.Commands;
import io.countess.query.Queries;
import io.countess.runtime.Fold;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole service in one process. */
public final class Countess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Countess.class);

  private static final Duration KAFKA_SILENT = Duration.ofSeconds(5);

  /** Less than service managers wait before they kill: 30 s, mostly. */
  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(25);

  /** For how long puts wait for the default policy, once everything else is ready. */
  private static final Duration DEFAULTS_WITHIN = Duration.ofSeconds(10);

  private static final Future<?> COMMITTED = CompletableFuture.completedFuture(true);

  private final CountessConfig config;
  private final Closers closers;
  private final Doors doors;
  private final Log log;
  private final Fold fold;

  /** Completes when commands are let in. */
  private final CompletableFuture<Void> letIn;

  private final CompletableFuture<Void> died = new CompletableFuture<>();

  private Countess(CountessConfig config, Closers closers) {
    this.config = config;
    this.closers = closers;
    DataHome.requireOwn(config.data());
    var metrics = Metrics.start();
    closers.add(metrics::close);
    doors = new Doors(config, metrics, closers);
    log = Log.open(config, closers, this::watch);
    var core = new Core(log, advertised(), new Core.Meters(metrics, config.metrics()), closers);
    fold = core.fold();
    watch(fold.died());
    var cluster = Cluster.join(core, config.peers().key(), metrics, closers);
    doors.lead(cluster.queries(), cluster.here());
    letIn = defaultTtl(cluster).thenRun(() -> doors.letIn(cluster.commands()));
    // Doors close first, so that what is under way can still be answered.
    closers.add(doors::close);
  }

  private CompletableFuture<Void> defaultTtl(Cluster cluster) {
    if (config.defaultTtl().isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    var defaultTtl =
        new DefaultTtl(
            cluster.queries(), cluster.commands(), config.defaultTtl().get(), DEFAULTS_WITHIN);
    closers.add(defaultTtl::close);
    return defaultTtl.set();
  }

  /**
   * Starts it all, and returns when HTTP answers and the fold has been started; see {@link
   * #awaitReady}.
   *
   * @throws io.countess.event.InvalidInputException where the settings don't fit together
   * @throws io.countess.broker.BrokerStartException where the embedded Kafka can't start
   * @throws io.countess.runtime.LogTopicsException where the cluster can't be used
   */
  public static Countess start(CountessConfig config) {
    var closers = new Closers();
    boolean started = false;
    try {
      var countess = new Countess(config, closers);
      started = true;
      return countess;
    } finally {
      if (!started) {
        closers.close();
      }
    }
  }

  /**
   * Waits until every question can be answered and commands are let in; answers whether that is so
   * in time.
   */
  public boolean awaitReady(Duration within) throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    if (!fold.awaitRunning(within)) {
      return false;
    }
    try {
      letIn.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Where others reach HTTP, as a URL; where it listens on every address, that of this machine. */
  public String url() {
    String host = new Advertised(config).reachableHost();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + doors.httpPort();
  }

  /** The Dracula door, where it is on. */
  public Optional<DraculaDoor> dracula() {
    return doors.dracula();
  }

  /** The Redis door, where it is on. */
  public Optional<RedisDoor> redis() {
    return doors.redis();
  }

  /** The MetricNexus door, where it is on. */
  public Optional<MetricNexusDoor> metricNexus() {
    return doors.metricNexus();
  }

  /** The Envoy door, where it is on. */
  public Optional<EnvoyDoor> envoy() {
    return doors.envoy();
  }

  /** The door for counter-api, where it is on. */
  public Optional<TenantsDoor> tenants() {
    return doors.tenants();
  }

  /** Where Kafka listens, as {@code host:port}. */
  public String kafka() {
    return log.address();
  }

  /** The port behind all doors that answers questions. */
  public Queries queries() {
    return doors.queries();
  }

  /** The port behind all doors that takes commands. */
  public Commands commands() {
    return doors.commands();
  }

  /** What it is doing, in a word. */
  public String state() {
    return doors.queries().readiness().state();
  }

  /** Completes exceptionally when a part has died that can't be replaced. */
  public CompletableFuture<Void> died() {
    return died.copy();
  }

  /** Stops everything in order; what has been folded is committed, if Kafka answers. */
  @Override
  public void close() {
    closers.close();
  }

  /**
   * Stops everything in order, unless Kafka, or the log, is away for 5 s, or it takes 25 s.
   *
   * @return whether what has been folded is committed; else the state is as after a kill, and
   *     things may still be open
   */
  public boolean stop() throws InterruptedException {
    try (Admin asking = Log.admin(log.runtime())) {
      boolean stopped = stopWhile(() -> fold.isCommitted() ? COMMITTED : isLogThere(asking));
      asking.close(Duration.ZERO);
      return stopped;
    } catch (InvalidInputException | KafkaException unknownHost) {
      return stopWhile(() -> CompletableFuture.failedFuture(unknownHost));
    }
  }

  /** Fails where the log was deleted, too: then nothing can be committed. */
  private static Future<?> isLogThere(Admin asking) {
    return asking.describeTopics(List.of(LogFormat.EVENTS_TOPIC)).allTopicNames();
  }

  private boolean stopWhile(Supplier<Future<?>> kafkaAnswers) throws InterruptedException {
    boolean closed = new Stop(kafkaAnswers, KAFKA_SILENT, STOPPED_WITHIN).run(this::close);
    return closed && fold.isCommitted();
  }

  private String advertised() {
    var advertised = new Advertised(config);
    String address = advertised.address(doors.httpPort());
    if (advertised.isOnlyForThisMachine(address)) {
      LOG.warn(
          "Other machines can't reach this instance at {}, so it can't share its work with any"
              + " there: give --bind or --advertised-http.",
          address);
    }
    return address;
  }

  private void watch(CompletableFuture<Void> part) {
    var unused =
        part.whenComplete(
            (end, failure) -> {
              if (failure != null) {
                died.completeExceptionally(failure);
              }
            });
  }
}
