package io.countess.server;

import static io.countess.cluster.MeasuredInstance.Role.ANSWERS;

import io.countess.broker.EmbeddedBroker;
import io.countess.cluster.FoldDirectory;
import io.countess.cluster.MeasuredInstance;
import io.countess.cluster.Peers;
import io.countess.cluster.RoutedCommands;
import io.countess.cluster.RoutedQueries;
import io.countess.event.InvalidInputException;
import io.countess.http.HttpPort;
import io.countess.http.HttpServer;
import io.countess.metrics.FoldMetrics;
import io.countess.metrics.Metrics;
import io.countess.metrics.ServiceMetrics;
import io.countess.metrics.TransactionMetrics;
import io.countess.query.Commands;
import io.countess.query.LagWatch;
import io.countess.query.LocalInstance;
import io.countess.query.LocalQueries;
import io.countess.query.LogCommands;
import io.countess.query.PendingDecisions;
import io.countess.query.Queries;
import io.countess.query.Readiness;
import io.countess.runtime.Fold;
import io.countess.runtime.GroupCheck;
import io.countess.runtime.KafkaClients;
import io.countess.runtime.KafkaLog;
import io.countess.runtime.LogEnd;
import io.countess.runtime.LogTopics;
import io.countess.runtime.LogWatch;
import io.countess.runtime.OpenTransactions;
import io.countess.runtime.RightsCheck;
import io.countess.runtime.RuntimeConfig;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole service in one process. */
public final class Countess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Countess.class);

  private static final Duration KAFKA_SILENT = Duration.ofSeconds(5);

  /** Less than those who stop services wait before they kill: 30 s, mostly. */
  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(25);

  private final CountessConfig config;
  private final RuntimeConfig runtime;
  private final Opened opened;
  private final HttpServer http;
  private final String kafka;
  private final Fold fold;
  private final Ports ports = new Ports();
  private final CompletableFuture<Void> died = new CompletableFuture<>();

  private Countess(CountessConfig config, Opened opened) {
    this.config = config;
    this.opened = opened;
    DataHome.requireOwn(config.data());
    HttpPort httpPort = HttpPort.bind(config.http());
    opened.add(httpPort::close);
    var pending = new PendingDecisions();
    var metrics = Metrics.start();
    opened.add(metrics::close);
    var foldMetrics = new FoldMetrics(metrics);
    var serviceMetrics = new ServiceMetrics(metrics);
    if (config.broker().isEmpty()) {
      httpPort.requirePeerKey(config.peers().key());
    }
    var listening =
        CompletableFuture.supplyAsync(
            () -> HttpServer.start(httpPort, ports, ports, ports::here, metrics.registry()));
    opened.add(() -> listening.thenAccept(HttpServer::close));
    Optional<EmbeddedBroker> broker = config.broker().map(EmbeddedBroker::start);
    broker.ifPresent(node -> opened.add(node::close));
    broker.ifPresent(node -> watch(node.died()));
    runtime =
        broker.map(node -> config.runtimeAt(node.bootstrapServers())).orElse(config.runtime());
    kafka = broker.map(EmbeddedBroker::advertisedServers).orElse(runtime.bootstrapServers());
    Admin admin = admin(runtime);
    opened.add(admin::close);
    LogTopics topics = LogTopics.ensure(admin, runtime);
    if (broker.isEmpty()) {
      RightsCheck.require(admin, runtime, topics.partitions());
      topics.warnings().forEach(LOG::warn);
      GroupCheck.warning(admin, runtime).ifPresent(LOG::warn);
    }
    config.partitions().flatMap(topics::otherThan).ifPresent(LOG::warn);
    http = Joining.join(listening);
    var log = new KafkaLog(admin, topics.id());
    var listener = new Listener(pending, foldMetrics);
    fold = Fold.start(runtime, topics.partitions(), log, advertised(), listener);
    opened.add(fold::close);
    watch(fold.died());
    var appending =
        new LogCommands(CommandProducer.start(runtime), fold, pending, serviceMetrics::decided);
    opened.add(appending::close);
    var logEnd = new LogEnd(admin, topics.partitions());
    var lagWatch = LagWatch.start(fold, logEnd);
    opened.add(lagWatch::close);
    var transactions = OpenTransactions.watch(admin, runtime.applicationId(), topics.partitions());
    opened.add(transactions::close);
    TransactionMetrics.register(metrics, transactions::heldUp, transactions::ended);
    var local = new LocalQueries(fold, logEnd, lagWatch);
    opened.add(local::close);
    var peers = new Peers(config.peers().key(), topics.partitions(), metrics.registry());
    opened.add(peers::close);
    var here = new LocalInstance(local, appending);
    var directory = new FoldDirectory(fold, here, peers);
    LogWatch logWatch = LogWatch.start(admin, topics, runtime, fold);
    opened.add(logWatch::close);
    Supplier<Readiness> readiness = () -> local.readiness().heldUpBy(transactions.now());
    var queries = new RoutedQueries(directory, readiness);
    var commands = new RoutedCommands(directory, here, queries, peers.executor());
    ports.open(queries, commands, new MeasuredInstance(here, ANSWERS, metrics.registry()));
    observe(metrics, foldMetrics, lagWatch);
    serviceMetrics.started(
        () -> local.readiness().ready(), fold.registry()::all, runtime.stateDir());
    metrics.gauge(
        "countess.partitions.added",
        "Partitions that were added to the log, from which records are moved",
        logWatch::surplus);
    // Doors close first, so that what is under way can still be answered.
    opened.add(http::close);
    config.defaultTtl().ifPresent(ttl -> new DefaultTtl(queries, commands).set(ttl));
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
    var opened = new Opened();
    boolean started = false;
    try {
      var countess = new Countess(config, opened);
      started = true;
      return countess;
    } finally {
      if (!started) {
        opened.close();
      }
    }
  }

  /** Waits until every question can be answered; answers whether that is so in time. */
  public boolean awaitReady(Duration within) throws InterruptedException {
    return fold.awaitRunning(within);
  }

  /** Where others reach HTTP, as a URL; where it listens on every address, that of this machine. */
  public String url() {
    String host = new Advertised(config).reachableHost();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + http.port();
  }

  /** Where Kafka listens, as {@code host:port}. */
  public String kafka() {
    return kafka;
  }

  /** The port behind all doors that answers questions. */
  public Queries queries() {
    return ports;
  }

  /** The port behind all doors that takes commands. */
  public Commands commands() {
    return ports;
  }

  /** What the fold is doing, in a word. */
  public String state() {
    return fold.state();
  }

  /** Completes exceptionally when a part has died that can't be replaced. */
  public CompletableFuture<Void> died() {
    return died.copy();
  }

  /** Stops everything in order; what has been folded is committed, if Kafka answers. */
  @Override
  public void close() {
    opened.close();
  }

  /**
   * Stops everything in order, unless Kafka is silent for 5 s, or it takes 25 s.
   *
   * @return whether what has been folded is committed; else the state is as after a kill, and
   *     things may still be open
   */
  public boolean stop() throws InterruptedException {
    if (config.broker().isPresent()) {
      return stopWhile(() -> CompletableFuture.completedFuture(true));
    }
    try (Admin asking = admin(runtime)) {
      boolean stopped =
          stopWhile(
              () -> asking.describeCluster().clusterId().toCompletionStage().toCompletableFuture());
      asking.close(Duration.ZERO);
      return stopped;
    } catch (InvalidInputException | KafkaException unknownHost) {
      return stopWhile(() -> CompletableFuture.failedFuture(unknownHost));
    }
  }

  private boolean stopWhile(Supplier<Future<?>> kafkaAnswers) throws InterruptedException {
    boolean closed = new Stop(kafkaAnswers, KAFKA_SILENT, STOPPED_WITHIN).run(this::close);
    return closed && fold.isCommitted();
  }

  private void observe(Metrics metrics, FoldMetrics foldMetrics, LagWatch lagWatch) {
    foldMetrics.started(
        metrics, lagWatch::lags, () -> fold.registry().all().size(), fold::clockBehindMillis);
    var kafkaStreams = new KafkaStreamsMetrics(fold.streams());
    metrics.bind(kafkaStreams, kafkaStreams::close);
  }

  private String advertised() {
    var advertised = new Advertised(config);
    String address = advertised.address(http.port());
    if (advertised.isOnlyForThisMachine(address)) {
      LOG.warn(
          "Other machines can't reach this instance at {}, so it can't share its work with any"
              + " there: give --bind or --advertised-http.",
          address);
    }
    return address;
  }

  private void watch(CompletableFuture<Void> part) {
    part.whenComplete(
        (end, failure) -> {
          if (failure != null) {
            died.completeExceptionally(failure);
          }
        });
  }

  private static Admin admin(RuntimeConfig runtime) {
    try {
      return Admin.create(KafkaClients.settings(runtime));
    } catch (KafkaException failed) {
      if (failed.getCause() instanceof ConfigException unusable) {
        throw unusable(runtime, unusable);
      }
      throw failed;
    }
  }

  /** Kafka says the same of a host that is unknown as of a setting that is wrong. */
  private static InvalidInputException unusable(RuntimeConfig runtime, ConfigException why) {
    String servers = runtime.bootstrapServers();
    return String.valueOf(why.getMessage()).contains("resolvable")
        ? new InvalidInputException("bootstrap-servers", "is '" + servers + "': unknown host")
        : new InvalidInputException("kafka.*", "can't be used: " + why.getMessage());
  }
}
