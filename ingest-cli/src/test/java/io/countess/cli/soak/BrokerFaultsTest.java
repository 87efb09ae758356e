package io.countess.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.cli.soak.Brokers.Role;
import io.countess.client.Counts;
import io.countess.event.CounterName;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Brokers are killed and hang under load, again and again. After each fault every counter has to
 * answer in time on each instance, and to count what was acknowledged and no more than was sent.
 *
 * <p>{@code -Dcountess.faults.rounds=} says how often, {@code -Dcountess.faults.seconds=} within
 * which time where it is not that of a machine which others use, too; {@code
 * -Dcountess.faults.commit=} sets the commit interval, and {@code
 * -Dcountess.faults.brokers=NAME=VALUE,…} settings of the brokers.
 */
class BrokerFaultsTest {
  private static final Duration READY = Duration.ofMinutes(2);
  private static final Duration WITHIN =
      Duration.ofSeconds(Integer.getInteger("countess.faults.seconds", 90));

  private static final int MOST_DOWN_MILLIS = 4000;
  private static final int MOST_BETWEEN_MILLIS = 1500;
  private static final int PUTS_BETWEEN = 300;
  private static final int PROBES = 16;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  private final int rounds = Integer.getInteger("countess.faults.rounds", 1);
  private final long seed = Long.getLong("countess.faults.seed", new Random().nextInt());
  private final Random random = new Random(seed);
  private final int firstRole = random.nextInt(Role.values().length);
  private final List<Long> took = new ArrayList<>();
  private Brokers brokers;
  private Services services;
  private Puts puts;
  private Victim drawn;

  /** What happens to brokers. */
  private interface Fault {
    void happen() throws InterruptedException;
  }

  private void start(int size, int instances) throws Exception {
    brokers = new Brokers(directory, size, given());
    brokers.start();
    await().atMost(READY).until(brokers::areWhole);
    var setup =
        List.of(
            "--replication=" + size,
            "--commit-interval=" + System.getProperty("countess.faults.commit", "100ms"));
    services =
        new Services(directory, brokers.bootstrapServers(), Collections.nCopies(instances, setup));
    services.start();
    Counts first = services.instances().get(0);
    Policy total = Policy.Total.unbounded();
    await()
        .atMost(READY)
        .ignoreExceptions()
        .until(() -> first.setPolicy(Puts.NAMESPACE, total, OnChange.RESET) != null);
    puts = new Puts(services.instances(), brokers.bootstrapServers());
    puts.start();
  }

  private static Map<String, String> given() {
    return Stream.of(System.getProperty("countess.faults.brokers", "").split(","))
        .filter(each -> !each.isEmpty())
        .map(each -> each.split("=", 2))
        .collect(Collectors.toMap(each -> each[0], each -> each[1]));
  }

  @AfterEach
  void stop() {
    if (puts != null) {
      puts.close();
    }
    if (services != null) {
      services.close();
    }
    if (brokers != null) {
      brokers.close();
    }
  }

  @Test
  void shouldAnswerAgainWhenTheOnlyBrokerWasKilled() throws Exception {
    start(1, 1);
    Victim only = brokers.processes().get(0);
    rounds(
        () -> {
          only.kill();
          TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_DOWN_MILLIS));
          only.start();
        },
        () -> {});
  }

  @Test
  @EnabledIfSystemProperty(named = "countess.faults.rounds", matches = "\\d+")
  void shouldAnswerAgainWhenAllOfThreeBrokersWereKilled() throws Exception {
    start(3, 2);
    rounds(
        () -> {
          brokers.processes().forEach(Victim::kill);
          brokers.processes().forEach(Victim::start);
        },
        () -> {});
  }

  @Test
  @EnabledIfSystemProperty(named = "countess.faults.rounds", matches = "\\d+")
  void shouldAnswerWhileOneOfThreeBrokersIsKilled() throws Exception {
    start(3, 2);
    rounds(() -> drawn().kill(), () -> drawn.start());
  }

  @Test
  void shouldAnswerWhileOneOfThreeBrokersHangs() throws Exception {
    start(3, 2);
    rounds(() -> drawnByRole().pause(), () -> drawn.resume());
  }

  private Victim drawn() {
    return drawn(role -> brokers.processes().get(random.nextInt(brokers.processes().size())));
  }

  /** One role after the other, so that each is had as often. */
  private Victim drawnByRole() {
    return drawn(brokers::holder);
  }

  private Victim drawn(Function<Role, Victim> choice) {
    drawn = choice.apply(Role.values()[(firstRole + took.size()) % Role.values().length]);
    System.out.printf("%s is the broker of %s%n", drawn.name(), brokers.roles(drawn));
    return drawn;
  }

  private void rounds(Fault fault, Runnable mend) throws Exception {
    for (int round = 0; round < rounds; round++) {
      long before = puts.acknowledged();
      await().atMost(READY).until(() -> puts.acknowledged() > before + PUTS_BETWEEN);
      TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_BETWEEN_MILLIS));
      fault.happen();
      took.add(millisUntilAllAnswer());
      System.out.printf("%s after %s ms (seed %d)%n", Instant.now(), took, seed);
      mend.run();
      await().atMost(READY).until(brokers::areWhole);
      expectCounts();
    }
    puts.stop();
    expectCounts();
    var sorted = took.stream().sorted().toList();
    System.out.printf(
        "%d rounds: median %d ms, most %d ms%n",
        sorted.size(), sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
  }

  /**
   * Each instance answers for every partition, once at least. Several ask at a time: on a busy
   * machine one after the other would take longer than the fault.
   */
  private long millisUntilAllAnswer() {
    long start = System.nanoTime();
    var threads = Executors.newFixedThreadPool(PROBES);
    try {
      CompletableFuture.allOf(
              services.instances().stream()
                  .flatMap(BrokerFaultsTest::probes)
                  .map(probe -> CompletableFuture.runAsync(() -> awaitFrom(start, probe), threads))
                  .toArray(CompletableFuture[]::new))
          .join();
    } finally {
      threads.shutdownNow();
    }
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  private static Stream<Callable<Boolean>> probes(Counts instance) {
    Stream<Callable<Boolean>> puts =
        IntStream.range(0, Puts.KEYS)
            .mapToObj(i -> CounterName.of("probe", "key" + i))
            .map(probe -> () -> instance.put(probe, 1) != null);
    return Stream.concat(Stream.of(() -> instance.totals() != null), puts);
  }

  private static void awaitFrom(long start, Callable<Boolean> answers) {
    long left = WITHIN.toNanos() - (System.nanoTime() - start);
    await()
        .pollInSameThread()
        .atMost(Duration.ofNanos(Math.max(1, left)))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .until(answers);
  }

  /** What was acknowledged before is counted, and never more than was sent. */
  private void expectCounts() {
    for (Counts each : services.instances()) {
      for (int i = 0; i < Puts.KEYS; i++) {
        int key = i;
        long least = puts.least(i);
        await("key " + i)
            .atMost(READY)
            .ignoreExceptionsMatching(problem -> !(problem instanceof AssertionError))
            .untilAsserted(
                () -> {
                  long count = each.count(Puts.key(key)).count();
                  assertThat(count).isBetween(least, puts.most(key));
                });
      }
    }
  }
}
