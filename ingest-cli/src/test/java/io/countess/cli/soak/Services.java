package io.countess.cli.soak;

import static org.awaitility.Awaitility.await;

import io.countess.cli.FreePorts;
import io.countess.client.Counts;
import io.countess.client.CountsConfig;
import io.countess.client.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Instances of one service, each a process that is set up in its own way. */
final class Services implements AutoCloseable {
  static final int PARTITIONS = 4;
  private static final String COPIES = "--standby-replicas=";
  private static final Duration READY = Duration.ofMinutes(2);
  private static final Duration ANSWER = Duration.ofSeconds(4);

  private final List<Victim> processes = new ArrayList<>();
  private final List<Counts> instances = new ArrayList<>();
  private final List<String> setup = new ArrayList<>();

  /**
   * @param setups what each is set up with
   */
  Services(Path directory, String bootstrapServers, List<List<String>> setups) throws IOException {
    this(directory, bootstrapServers, setups, Optional.empty());
  }

  /**
   * @param clocks by which they go instead of that of the machine
   */
  Services(
      Path directory,
      String bootstrapServers,
      List<List<String>> setups,
      Optional<WallClocks> clocks)
      throws IOException {
    List<Integer> ports = FreePorts.take(setups.size());
    for (int i = 0; i < setups.size(); i++) {
      List<String> own = setups.get(i);
      setup.add(String.join(" ", own));
      String name = "service" + (i + 1);
      var arguments = new ArrayList<String>(List.of("serve", "--http-port=" + ports.get(i)));
      arguments.add("--data=" + directory.resolve(name));
      arguments.add("--bootstrap-servers=" + bootstrapServers);
      arguments.add("--partitions=" + PARTITIONS);
      arguments.addAll(own);
      var log = directory.resolve(name + ".log").toFile();
      processes.add(
          new Victim(
              name, log, "io.countess.cli.Main", arguments, clocks.map(all -> all.of(name))));
      var config = CountsConfig.of("http://127.0.0.1:" + ports.get(i)).withTimeout(ANSWER);
      instances.add(Counts.open(config.withRetry(CountsConfig.Retry.NEVER)));
    }
  }

  /** How two of them are set up over three brokers. */
  static List<List<String>> draw(Random random) {
    String copies = COPIES + random.nextInt(2);
    return List.of(draw(random, copies), draw(random, copies));
  }

  private static List<String> draw(Random random, String copies) {
    return List.of(
        "--replication=3",
        "--store=" + (random.nextBoolean() ? "rocksdb" : "memory"),
        "--threads=" + (1 + random.nextInt(2)),
        copies);
  }

  /** How each is set up. */
  List<String> setup() {
    return setup;
  }

  /** Whether each keeps a copy of what others hold. */
  boolean hasCopies() {
    return setup.stream().noneMatch(each -> each.contains(COPIES + "0"));
  }

  void start() {
    processes.forEach(Victim::start);
    awaitAllReady();
  }

  List<Victim> processes() {
    return processes;
  }

  List<Counts> instances() {
    return instances;
  }

  /** Whether some instance reaches every partition: the other may be down, or starting. */
  boolean areAnsweringSomewhere() {
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

  void awaitAllReady() {
    for (Counts each : instances) {
      await().atMost(READY).ignoreExceptions().until(() -> each.totals() != null);
    }
  }

  /** Sets each clock that can be set in its own way; answers how far they are ahead. */
  List<Duration> skew(Random random) {
    return processes.stream()
        .flatMap(each -> each.clock().stream())
        .map(clock -> clock.set(random))
        .toList();
  }

  /** Sets all clocks right. */
  void setClocksRight() {
    processes.forEach(each -> each.clock().ifPresent(clock -> clock.set(Duration.ZERO)));
  }

  void dumpThreads() {
    processes.forEach(Victim::dumpThreads);
  }

  @Override
  public void close() {
    instances.forEach(Counts::close);
    processes.forEach(Victim::kill);
  }
}
