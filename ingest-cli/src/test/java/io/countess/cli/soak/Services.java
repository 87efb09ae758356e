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
import java.util.Random;

/** Instances of one service, each a process that is set up in its own way. */
final class Services implements AutoCloseable {
  private static final int SIZE = 2;
  static final int PARTITIONS = 4;
  private static final Duration READY = Duration.ofSeconds(120);
  private static final Duration ANSWER = Duration.ofSeconds(4);

  private final List<Victim> processes = new ArrayList<>();
  private final List<Counts> instances = new ArrayList<>();
  private final List<String> setup = new ArrayList<>();
  private final boolean hasCopies;

  /**
   * @param random draws how they are set up
   */
  Services(Path directory, String bootstrapServers, Random random) throws IOException {
    hasCopies = random.nextBoolean();
    List<Integer> ports = FreePorts.take(SIZE);
    for (int i = 0; i < SIZE; i++) {
      List<String> drawn = draw(random);
      setup.add(String.join(" ", drawn));
      String name = "service" + (i + 1);
      var arguments = new ArrayList<String>(List.of("serve", "--http-port=" + ports.get(i)));
      arguments.add("--data=" + directory.resolve(name));
      arguments.add("--bootstrap-servers=" + bootstrapServers);
      arguments.addAll(List.of("--partitions=" + PARTITIONS, "--replication=3"));
      arguments.addAll(drawn);
      var log = directory.resolve(name + ".log").toFile();
      processes.add(new Victim(name, log, "io.countess.cli.Main", arguments));
      var config = CountsConfig.of("http://127.0.0.1:" + ports.get(i)).withTimeout(ANSWER);
      instances.add(Counts.open(config.withRetry(CountsConfig.Retry.NEVER)));
    }
  }

  private List<String> draw(Random random) {
    return List.of(
        "--store=" + (random.nextBoolean() ? "rocksdb" : "memory"),
        "--threads=" + (1 + random.nextInt(2)),
        "--standby-replicas=" + (hasCopies ? 1 : 0));
  }

  /** How each is set up. */
  List<String> setup() {
    return setup;
  }

  /** Whether each keeps a copy of what others hold. */
  boolean hasCopies() {
    return hasCopies;
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

  void dumpThreads() {
    processes.forEach(Victim::dumpThreads);
  }

  @Override
  public void close() {
    instances.forEach(Counts::close);
    processes.forEach(Victim::kill);
  }
}
