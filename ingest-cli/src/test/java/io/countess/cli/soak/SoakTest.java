package io.countess.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.cli.soak.Client.Done;
import io.countess.client.Counted;
import io.countess.client.Counts;
import io.countess.client.CountsConfig;
import io.countess.client.ProblemException;
import io.countess.event.CounterName;
import io.countess.event.OnChange;
import io.countess.event.Position;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients command random counters of every kind while processes are killed, stopped and paused; in
 * the end every instance counts what a naive model makes of the acknowledged commands.
 *
 * <p>{@code -Dcountess.soak.seconds=} says for how long, {@code -Dcountess.soak.seed=} draws the
 * same commands and faults again.
 */
class SoakTest {
  private static final Duration READY = Duration.ofSeconds(120);
  private static final Duration ANSWER = Duration.ofSeconds(4);
  private static final int INSTANCES = 2;
  private static final int CLIENTS = 4;
  private static final int PARTITIONS = 4;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  private final long seed = Long.getLong("countess.soak.seed", new Random().nextInt());
  private final Duration length = Duration.ofSeconds(Long.getLong("countess.soak.seconds", 70));
  private final List<Victim> services = new ArrayList<>();
  private final List<Counts> instances = new ArrayList<>();
  private Brokers brokers;

  @BeforeEach
  void start() throws Exception {
    brokers = new Brokers(directory);
    brokers.start();
    await().atMost(READY).until(brokers::areWhole);
    List<Integer> ports = FreePorts.take(INSTANCES);
    for (int i = 0; i < INSTANCES; i++) {
      services.add(service("service" + (i + 1), ports.get(i)));
      services.get(i).start();
      String url = "http://127.0.0.1:" + ports.get(i);
      instances.add(
          Counts.open(
              CountsConfig.of(url).withTimeout(ANSWER).withRetry(CountsConfig.Retry.NEVER)));
    }
    awaitAllReady();
    for (Space space : Space.values()) {
      instances.get(0).setPolicy(space.namespace(), space.policy(), OnChange.RESET);
    }
  }

  @AfterEach
  void stop() {
    instances.forEach(Counts::close);
    for (Victim service : services) {
      service.kill();
    }
    brokers.close();
  }

  @Test
  void shouldCountWhatWasAcknowledgedWhateverHappensToTheProcesses() throws Exception {
    System.out.printf("soak: -Dcountess.soak.seed=%d for %s%n", seed, length);
    var clients = new ArrayList<Client>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new Client(new Draw(seed, "client" + i), instances));
    }
    var ofServices =
        new Faults(services, new Random(seed + 1), Duration.ZERO, this::isAllAnsweredSomewhere);
    var ofBrokers =
        new Faults(brokers.processes(), new Random(seed + 2), Brokers.UNNOTICED, brokers::areWhole);
    try {
      run(clients, List.of(ofServices, ofBrokers));
    } finally {
      System.out.printf("soak: %s%n      %s%n", ofServices.done(), ofBrokers.done());
    }
    awaitAllReady();

    Model model = model(clients);

    System.out.printf(
        "soak: %s, %d times sent again%n",
        model.outcomes(), clients.stream().mapToInt(Client::retries).sum());
    assertThat(model.wrong()).as("decisions").isEmpty();
    for (Counts instance : instances) {
      for (CounterName name : model.counters()) {
        Counted counted = instance.count(name);
        assertThat(count(counted))
            .as("%s: %s", name, counted)
            .isEqualTo(model.countAt(name, counted.atMillis()));
      }
    }
    assertThat(ofServices.unexpected()).isEmpty();
    assertThat(ofBrokers.unexpected()).isEmpty();
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
    for (Victim service : services) {
      service.dumpThreads();
    }
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
    var log = Log.read(brokers.bootstrapServers());
    List<Done> all = new ArrayList<>();
    clients.forEach(each -> all.addAll(each.done()));
    all.sort(Comparator.comparing(SoakTest::partition).thenComparing(SoakTest::offset));
    assertThat(all.stream().map(done -> done.decision().position()).distinct())
        .as("places in the log")
        .hasSize(all.size());
    var model = new Model();
    for (Done done : all) {
      model.fold(done, log.millis(done.decision().position().orElseThrow()));
    }
    return model;
  }

  private static int partition(Done done) {
    return position(done).offsets().firstKey();
  }

  private static long offset(Done done) {
    return position(done).offsets().get(partition(done));
  }

  private static Position position(Done done) {
    return done.decision().position().orElseThrow();
  }

  private static double count(Counted counted) {
    return counted.gauge().isPresent() ? counted.gauge().get().value() : counted.count();
  }

  /** Whether some instance reaches every partition: the other may be down, or starting. */
  private boolean isAllAnsweredSomewhere() {
    for (Counts each : instances) {
      try {
        each.totals();
        return true;
      } catch (ProblemException | UncheckedIOException notThere) {
        continue;
      }
    }
    return false;
  }

  private void awaitAllReady() {
    for (Counts each : instances) {
      await().atMost(READY).ignoreExceptions().until(() -> each.totals() != null);
    }
  }

  private Victim service(String name, int port) {
    var arguments =
        List.of(
            "serve",
            "--data=" + directory.resolve(name),
            "--http-port=" + port,
            "--bootstrap-servers=" + brokers.bootstrapServers(),
            "--partitions=" + PARTITIONS,
            "--replication=3");
    var log = directory.resolve(name + ".log").toFile();
    return new Victim(name, log, "io.countess.cli.Main", arguments);
  }
}
