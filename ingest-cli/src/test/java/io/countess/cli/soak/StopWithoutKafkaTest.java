package io.countess.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.cli.console.ExitCode;
import io.countess.client.Counts;
import io.countess.client.ProblemException;
import io.countess.event.CounterName;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instance is told to stop while its only broker hangs. */
class StopWithoutKafkaTest {
  private static final Duration READY = Duration.ofMinutes(2);

  /** Five seconds of silence, and a busy machine. */
  private static final Duration STOPPED = Duration.ofSeconds(25);

  private static final CounterName ALICE = CounterName.of("sums", "alice");
  private static final long PUTS = 100;

  @TempDir Path directory;
  private Brokers brokers;
  private Services services;

  @BeforeEach
  void start() throws Exception {
    brokers = new Brokers(directory, 1, Map.of());
    brokers.start();
    await().atMost(READY).until(brokers::areWhole);
    var setup = List.of("--replication=1", "--commit-interval=60s");
    services = new Services(directory, brokers.bootstrapServers(), List.of(setup));
    services.start();
  }

  @AfterEach
  void stop() {
    services.close();
    brokers.close();
  }

  @Test
  void shouldEndSoonSayWhatIsNotCommittedAndLoseNothing() throws Exception {
    Victim broker = brokers.processes().get(0);
    Victim service = services.processes().get(0);
    Counts counts = services.instances().get(0);
    Policy total = Policy.Total.unbounded();
    await()
        .atMost(READY)
        .ignoreExceptions()
        .until(() -> counts.setPolicy(ALICE.namespace(), total, OnChange.RESET) != null);
    long sent = putUntilAcknowledged(counts);
    broker.pause();

    long start = System.nanoTime();
    assertThat(service.stop()).isTrue();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(STOPPED);
    assertThat(service.exitCode()).isEqualTo(ExitCode.UNCOMMITTED);
    assertThat(Files.readString(directory.resolve("service1.log")))
        .contains("stopped without Kafka, which did not answer");
    broker.resume();
    service.start();
    await()
        .atMost(READY)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(counts.count(ALICE).count()).isBetween(PUTS, sent));
  }

  /** How many were sent until as many were acknowledged: on a busy machine a few more. */
  private static long putUntilAcknowledged(Counts counts) {
    long sent = 0;
    for (long acknowledged = 0; acknowledged < PUTS; sent++) {
      try {
        counts.put(ALICE, 1);
        acknowledged++;
      } catch (ProblemException | UncheckedIOException unknown) {
        continue;
      }
    }
    return sent;
  }
}
