package io.countess.runtime;

import io.countess.background.WarningThrottle;
import io.countess.state.MachineClock;
import io.countess.state.PartitionReader;
import io.countess.store.Catalog;
import io.countess.store.HotStore;
import io.countess.store.HotStoreBuilder;
import io.countess.topology.CountTopology;
import io.countess.topology.FoldObserver;
import io.countess.topology.FoldObservers;
import io.countess.topology.FoldSpec;
import io.countess.topology.SourceLog;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.state.StoreBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The fold, running: Kafka Streams with what it needs, and what can be asked of it. */
public final class Fold implements AutoCloseable {
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);
  private static final long POLL_MILLIS = 5;

  private static final Logger LOG = LoggerFactory.getLogger(Fold.class);

  private static final WarningThrottle CLOCK = new WarningThrottle();

  private final RuntimeConfig config;
  private final MachineClock clock = new MachineClock();
  private final int partitions;
  private final KafkaStreams streams;
  private final Assignment assignment;
  private final Upkeep upkeep;
  private final PartitionRegistry registry;
  private final FoldClients clients;
  private final OpenStores openStores = new OpenStores();
  private final ThreadReplacement replacement;
  private final StateDirectory stateDirectory;
  private volatile boolean committed;

  private Fold(
      RuntimeConfig config,
      int partitions,
      SourceLog log,
      String applicationServer,
      List<? extends FoldObserver> observers) {
    this.config = config;
    this.replacement =
        new ThreadReplacement(new Rights(config.bootstrapServers(), config.applicationId()));
    // A single process is given its partitions back whatever happens to it.
    this.registry =
        new PartitionRegistry(config.staticMember() ? () -> () -> true : this::leaseOfThisThread);
    this.partitions = partitions;
    this.clients = new FoldClients(partitions);
    this.stateDirectory = new StateDirectory(config.stateDir());
    stateDirectory.prepare(Clock.systemUTC().instant());
    List<FoldObserver> all = new ArrayList<>(List.of(registry));
    all.addAll(observers);
    var spec =
        new FoldSpec(
            partitions,
            log,
            clients,
            () -> KafkaForwarder.connect(StreamsSettings.forwarder(config)),
            new FoldObservers(all),
            clock.source());
    Properties settings = StreamsSettings.streams(config, applicationServer);
    settings.put(
        RocksDbMemory.BUDGET, RocksDbMemory.Budget.beside(Runtime.getRuntime().maxMemory()));
    streams =
        new KafkaStreams(CountTopology.build(spec, store()), new StreamsConfig(settings), clients);
    streams.setUncaughtExceptionHandler(replacement);
    assignment = new Assignment(streams, applicationServer);
    upkeep = new Upkeep(streams, stateDirectory, this::clockBehindMillis);
  }

  /**
   * Starts to fold; returns at once.
   *
   * @param partitions of the log, as it is
   * @param log what has to go on where the state stops: {@link #died} says where it doesn't
   * @param applicationServer where other instances reach this one, as {@code host:port}
   * @param observers are told what happens, in this order
   */
  public static Fold start(
      RuntimeConfig config,
      int partitions,
      SourceLog log,
      String applicationServer,
      List<? extends FoldObserver> observers) {
    var fold = new Fold(config, partitions, log, applicationServer, observers);
    fold.dropWhatWasLeftInUse();
    fold.streams.start();
    fold.upkeep.start();
    return fold;
  }

  /**
   * Kafka Streams would find out by itself that state was not closed, partition by partition. It
   * would report each as corrupted, with stack traces, before it drops and restores it.
   */
  private void dropWhatWasLeftInUse() {
    boolean leftInUse = stateDirectory.open();
    if (leftInUse && config.store() == StoreKind.ROCKSDB) {
      LOG.warn(
          "The state in {} was not closed, as after a kill, and may hold what was never committed:"
              + " it is dropped, and restored from its changelog in Kafka. No count is lost.",
          config.stateDir());
      streams.cleanUp();
    } else if (config.store() == StoreKind.ROCKSDB) {
      Path kept = config.stateDir().resolve(config.applicationId());
      new LocalStores(kept, Catalog.STORE).dropDamaged();
    }
  }

  /** The partitions that can be read here. */
  public PartitionRegistry registry() {
    return registry;
  }

  public int partitions() {
    return partitions;
  }

  /** Completes exceptionally when the fold has died for good. */
  public CompletableFuture<Void> died() {
    return replacement.died();
  }

  /** Says that the fold can't go on, and why. */
  void end(RuntimeException reason) {
    replacement.end(reason);
  }

  /** What the fold is doing, in a word. */
  public String state() {
    if (died().isDone()) {
      return "died";
    }
    if (upkeep.isStalled()) {
      return "stalled";
    }
    return isRunning() && !isCaughtUp() ? "catching up" : StateNames.of(streams.state());
  }

  /** Whether the fold runs and nothing is on the move. */
  public boolean isRunning() {
    return streams.state() == KafkaStreams.State.RUNNING;
  }

  /**
   * Whether every partition here has come to the end that its log had when it was opened here.
   * Before that, it knows less than its callers do.
   */
  public boolean isCaughtUp() {
    return registry.all().values().stream().allMatch(reader -> reader.progress().toCatchUp() == 0);
  }

  /**
   * Waits until the fold runs and its threads have divided their work and caught up. Answers
   * whether that is so in time, or false at once where the fold has died.
   */
  public boolean awaitRunning(Duration within) throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    while (!isSettled()) {
      if (died().isDone() || System.nanoTime() > deadline) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    return true;
  }

  /**
   * Threads join one after the other, and each that joins takes work from those before. A single
   * process is done when all its threads have some; of several nobody knows who is still to come.
   */
  private boolean isSettled() {
    Set<ThreadMetadata> threads = streams.metadataForLocalThreads();
    return isRunning()
        && isCaughtUp()
        && threads.stream().allMatch(thread -> thread.threadState().equals("RUNNING"))
        && (!config.staticMember() || isShared() || isDivided(threads));
  }

  /** Whether others hold partitions: also a process with a Kafka of its own can be joined. */
  private boolean isShared() {
    return IntStream.range(0, partitions)
        .anyMatch(partition -> assignment.otherOwner(partition).isPresent());
  }

  private boolean isDivided(Set<ThreadMetadata> threads) {
    return registry.all().size() == partitions
        && (config.threads() > partitions
            || threads.stream().noneMatch(thread -> thread.activeTasks().isEmpty()));
  }

  /** What everything here is stamped by. */
  public MachineClock clock() {
    return clock;
  }

  /**
   * Takes note that brokers refused the time of what was stamped here. From now on what they have
   * taken is believed, and not the wall clock.
   *
   * @return whether another attempt may succeed
   */
  public boolean clockRefused() {
    Collection<PartitionReader> here = registry.all().values();
    long newest = here.stream().mapToLong(each -> each.clock().newestMillis()).max().orElse(0);
    boolean known = clock.refused(newest);
    if (known) {
      here.forEach(reader -> reader.clock().refused());
      CLOCK.warn(
          LOG,
          "The clock of this machine is more than a minute ahead of the brokers', or 6 days behind:"
              + " it has to be set. Until then time goes on here from the latest in the log.");
    }
    return known;
  }

  /** The latest that some partition here knows to have been; empty where none is here. */
  public OptionalLong latestMillis() {
    return registry.all().values().stream()
        .mapToLong(reader -> reader.clock().latestMillis())
        .max();
  }

  /** By how much the wall clock is behind the partition here that is furthest ahead. */
  public long clockBehindMillis() {
    return registry.all().values().stream()
        .mapToLong(reader -> reader.clock().wallBehindMillis())
        .max()
        .orElse(0);
  }

  /** Which instance has which partition. */
  public Assignment assignment() {
    return assignment;
  }

  private BooleanSupplier leaseOfThisThread() {
    return upkeep.leases().of(Thread.currentThread().getName())::isHeld;
  }

  /** A look at the rows of a partition that others fold, if a standby of them is kept here. */
  public Optional<PartitionReader> standby(int partition) {
    return openStores.look(partition, partitions);
  }

  /** How far each partition is read and folded that is here, or on its way here. */
  public SortedMap<Integer, Reached> reached() {
    return clients.reached(registry);
  }

  /** What Kafka Streams measures of itself. */
  public KafkaStreams streams() {
    return streams;
  }

  /** Stops; what has been folded is committed. */
  @Override
  public void close() {
    upkeep.close();
    var leave =
        config.staticMember()
            ? CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP
            : CloseOptions.GroupMembershipOperation.LEAVE_GROUP;
    var within = CloseOptions.timeout(CLOSE_WITHIN).withGroupMembershipOperation(leave);
    if (streams.close(within)) {
      committed = true;
      stateDirectory.close();
    }
    stateDirectory.touch(Clock.systemUTC().instant());
  }

  /** Whether it has been closed, and committed what it had folded. */
  public boolean isCommitted() {
    return committed;
  }

  private StoreBuilder<HotStore> store() {
    int hotRows = Math.max(1000, config.hotRows() / partitions);
    return config.store() == StoreKind.ROCKSDB
        ? HotStoreBuilder.rocksDb(hotRows).watchedBy(openStores)
        : HotStoreBuilder.inMemory(hotRows).watchedBy(openStores);
  }

  /** The names of the states that are shown. */
  private static final class StateNames {
    private static final Map<KafkaStreams.State, String> NAMES =
        Map.of(
            KafkaStreams.State.CREATED, "starting",
            KafkaStreams.State.REBALANCING, "restoring",
            KafkaStreams.State.RUNNING, "running",
            KafkaStreams.State.PENDING_SHUTDOWN, "stopping",
            KafkaStreams.State.NOT_RUNNING, "stopped",
            KafkaStreams.State.PENDING_ERROR, "dying",
            KafkaStreams.State.ERROR, "died");

    static String of(KafkaStreams.State state) {
      return NAMES.get(state);
    }
  }
}
