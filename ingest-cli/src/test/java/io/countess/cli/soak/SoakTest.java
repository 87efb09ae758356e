package io.countess.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.answer.Count;
import io.countess.cli.soak.Client.Done;
import io.countess.cli.soak.Client.Findings;
import io.countess.cli.soak.Log.Entry;
import io.countess.client.Counts;
import io.countess.event.CounterName;
import io.countess.event.OnChange;
import io.countess.event.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients command random counters of every kind, read them and change how they count, and a
 * producer appends to the log, in the right partition and in others, while processes are killed,
 * stopped and paused, and the clocks of services set. All that they were told, and in the end every
 * instance, must agree with what a naive model makes of the log.
 *
 * <p>{@code -Dcountess.soak.seconds=} says for how long, {@code -Dcountess.soak.seed=} draws the
 * same set-up, commands and faults again.
 */
class SoakTest {
  private static final Duration READY = Duration.ofMinutes(2);
  private static final int COMMANDING = 8;
  private static final int READING = 3;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  private final long seed = Long.getLong("countess.soak.seed", new Random().nextInt());
  private final Duration length = Duration.ofSeconds(Long.getLong("countess.soak.seconds", 70));
  private Brokers brokers;
  private Services services;
  private Appender appender;

  @BeforeEach
  void start() throws Exception {
    brokers = new Brokers(directory, 3, Map.of());
    brokers.start();
    await().atMost(READY).until(brokers::areWhole);
    var setups = Services.draw(new Random(seed + 3));
    Optional<WallClocks> clocks = WallClocks.in(directory);
    services = new Services(directory, brokers.bootstrapServers(), setups, clocks);
    System.out.printf("soak: -Dcountess.soak.seed=%d for %s, %s%n", seed, length, services.setup());
    services.start();
    appender = new Appender(brokers.bootstrapServers());
    Counts first = services.instances().get(0);
    first.setDefaultPolicy(Space.defaults().get(0), OnChange.RESET);
    for (Space space : Space.values()) {
      first.setPolicy(space.namespace(), space.policies().get(0), OnChange.RESET);
    }
    System.out.println("soak: clocks are ahead by " + services.skew(new Random(seed + 4)));
  }

  @AfterEach
  void stop() {
    if (appender != null) {
      appender.close();
    }
    if (services != null) {
      services.close();
    }
    brokers.close();
  }

  @Test
  void shouldCountWhatWasAcknowledgedWhateverHappensToTheProcesses() throws Exception {
    var latest = new ConcurrentHashMap<CounterName, Position>();
    List<Client> clients =
        Draw.forAll(seed, COMMANDING, READING).stream()
            .map(draw -> new Client(draw, services.instances(), appender, latest))
            .toList();
    var ofServices =
        new Faults(
            services.processes(),
            new Random(seed + 1),
            Duration.ZERO,
            () -> true,
            services::areAnsweringSomewhere);
    var ofBrokers =
        new Faults(
            brokers.processes(),
            new Random(seed + 2),
            Brokers.UNNOTICED,
            services::areAnsweringSomewhere,
            brokers::areWhole);
    try {
      run(clients, List.of(ofServices, ofBrokers));
    } finally {
      System.out.printf("soak: %s%n      %s%n", ofServices.done(), ofBrokers.done());
    }
    services.setClocksRight();
    services.awaitAllReady();

    Model model = model(clients);

    System.out.printf(
        "soak: %s, %d times sent again%n",
        model.outcomes(), clients.stream().mapToInt(Client::retries).sum());
    assertThat(model.wrong()).as("what clients were told").isEmpty();
    services.instances().forEach(instance -> check(instance.including(model.end()), model));
    assertThat(ofServices.unexpected()).isEmpty();
    assertThat(ofBrokers.unexpected()).isEmpty();
  }

  private static void check(Counts instance, Model model) {
    model
        .counters()
        .forEach(
            (name, counter) -> {
              Count counted = instance.count(name);
              assertThat(counter.is(counted))
                  .as(
                      "%s must have a count of %s under %s",
                      counted, counter.arithmetic().countAt(counted.atMillis()), counter.policy())
                  .isTrue();
            });
    new Overview(model, instance).check();
  }

  private void run(List<Client> clients, List<Faults> faults) throws Exception {
    var threads = Executors.newCachedThreadPool();
    try {
      var sending =
          clients.stream().map(each -> CompletableFuture.runAsync(each, threads)).toList();
      var failing = faults.stream().map(each -> CompletableFuture.runAsync(each, threads)).toList();
      var dumps = failing.stream().map(each -> each.exceptionally(this::dump)).toList();
      var all = new ArrayList<>(dumps);
      all.addAll(sending);
      await()
          .pollDelay(Duration.ZERO)
          .atMost(length.plusSeconds(10))
          .until(new After(length, all)::isOver);
      faults.forEach(Faults::stop);
      dumps.forEach(CompletableFuture::join);
      clients.forEach(Client::stop);
      sending.forEach(CompletableFuture::join);
    } finally {
      threads.shutdownNow();
    }
  }

  private Void dump(Throwable failure) {
    services.dumpThreads();
    throw new CompletionException(failure);
  }

  /** When it is time, or something failed. */
  private record After(long deadline, List<CompletableFuture<Void>> running) {
    After(Duration length, List<CompletableFuture<Void>> running) {
      this(System.nanoTime() + length.toNanos(), running);
    }

    boolean isOver() {
      return System.nanoTime() > deadline
          || running.stream().anyMatch(CompletableFuture::isCompletedExceptionally);
    }
  }

  private Model model(List<Client> clients) {
    var findings = new Findings();
    clients.forEach(each -> findings.add(each.findings()));
    assertThat(findings.done().stream().map(Done::position).distinct())
        .as("places in the log")
        .hasSize(findings.done().size());
    await("everything to come where it belongs")
        .atMost(READY)
        .until(() -> new Changes(log()).haveAllCome());
    return new Model(log(), findings, services.hasCopies());
  }

  private List<Entry> log() {
    return Log.read(brokers.bootstrapServers());
  }
}
