package io.countess.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.countess.client.Counts;
import io.countess.client.LoadSummary;
import io.countess.client.Submission;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.codec.EventLine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

class WrongClockTest {
  private static final Duration READY = Duration.ofMinutes(2);
  private static final long TWO_MINUTES = Duration.ofMinutes(2).toMillis();
  private static final int KEYS = 50;
  private static final CounterName ALICE = CounterName.of("logins", "alice");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private interface Scenario {
    void run(Services services) throws Exception;
  }

  /** On one broker, where clocks can be set. */
  private void onInstances(int instances, Scenario scenario) throws Exception {
    Optional<WallClocks> clocks = WallClocks.in(directory);
    assumeTrue(clocks.isPresent(), "no C compiler");
    try (var brokers = new Brokers(directory, 1, Map.of())) {
      brokers.start();
      await().atMost(READY).until(brokers::areWhole);
      var setups = Collections.nCopies(instances, List.of("--replication=1"));
      try (var services = new Services(directory, brokers.bootstrapServers(), setups, clocks)) {
        services.start();
        scenario.run(services);
      }
    }
  }

  /** Brokers refuse what such a clock shows. */
  @Test
  void shouldDecideWhereTheClockIsAnHourAheadOfTheBrokers() throws Exception {
    onInstances(
        1,
        services -> {
          Counts counts = services.instances().get(0);
          counts.setPolicy(ALICE.namespace(), Policy.DEFAULT, OnChange.RESET);
          Victim instance = services.processes().get(0);

          instance.clock().orElseThrow().set(Duration.ofHours(1));
          putNow(counts);
          putNow(counts);
          instance.kill();
          instance.start();
          services.awaitAllReady();
          putNow(counts);
          instance.clock().orElseThrow().set(Duration.ZERO);
          putNow(counts);

          assertThat(counts.count(ALICE).count()).isEqualTo(4);
        });
  }

  /** Also of partitions that another instance has. */
  @Test
  void shouldLoadWhatHappensNowWhereTheClockIsAnHourBehind() throws Exception {
    onInstances(
        2,
        services -> {
          loadNow(services.instances().get(0));
          Victim second = services.processes().get(1);
          second.stop();
          second.clock().orElseThrow().set(Duration.ofHours(-1));
          second.start();
          services.awaitAllReady();

          assertThat(loadNow(services.instances().get(1)).errors()).isEmpty();
        });
  }

  private static LoadSummary loadNow(Counts counts) {
    var now = OptionalLong.of(System.currentTimeMillis());
    return counts.load(
        IntStream.range(0, KEYS)
            .mapToObj(i -> CounterName.of("logins", "user" + i))
            .map(name -> new EventLine(name, Event.Put.of(1), now))
            .iterator());
  }

  private static void putNow(Counts counts) {
    Decision decision = counts.decide(new Submission(ALICE, Event.Put.of(1), Optional.empty()));
    assertThat(decision.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(decision.atMillis() - System.currentTimeMillis())
        .isBetween(-TWO_MINUTES, TWO_MINUTES);
  }
}
