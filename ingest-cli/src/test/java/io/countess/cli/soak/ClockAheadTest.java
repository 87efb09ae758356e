package io.countess.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.countess.client.Counts;
import io.countess.client.Submission;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

class ClockAheadTest {
  private static final Duration READY = Duration.ofSeconds(120);
  private static final long TWO_MINUTES = Duration.ofMinutes(2).toMillis();
  private static final CounterName ALICE = CounterName.of("logins", "alice");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  /** Brokers refuse what such a clock shows. */
  @Test
  void shouldDecideWhereTheClockIsAnHourAheadOfTheBrokers() throws Exception {
    Optional<WallClocks> clocks = WallClocks.in(directory);
    assumeTrue(clocks.isPresent(), "no C compiler");
    try (var brokers = new Brokers(directory, 1, Map.of())) {
      brokers.start();
      await().atMost(READY).until(brokers::areWhole);
      var setup = List.of("--replication=1");
      try (var services =
          new Services(directory, brokers.bootstrapServers(), List.of(setup), clocks)) {
        services.start();
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
      }
    }
  }

  private static void putNow(Counts counts) {
    Decision decision = counts.decide(new Submission(ALICE, Event.Put.of(1), Optional.empty()));
    assertThat(decision.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(decision.atMillis() - System.currentTimeMillis())
        .isBetween(-TWO_MINUTES, TWO_MINUTES);
  }
}
