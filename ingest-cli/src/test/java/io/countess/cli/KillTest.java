package io.countess.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.client.Counts;
import io.countess.client.CountsConfig;
import io.countess.client.ProblemException;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.LogFormat;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import io.countess.event.RecordKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real serve process is killed in the middle of a load, and every count is exact afterwards. */
class KillTest {
  private static final Duration READY = Duration.ofSeconds(90);
  private static final ByteString LOAD = ByteString.utf8("load");
  private static final CounterName CALLS = CounterName.of("calls", "all");
  private static final int PUTS = 60_000;
  private static final int KEYS = 500;
  private static final int PARTITIONS = 4;
  private static final int KILLS = 3;

  @TempDir Path data;

  @Test
  void shouldCountExactlyWhatWasAcknowledgedWhenItIsKilledAgainAndAgain() throws Exception {
    List<Integer> ports = FreePorts.take(2);
    int httpPort = ports.get(0);
    int kafkaPort = ports.get(1);
    Process serve = serve(httpPort, kafkaPort);
    try (Counts counts = Counts.open(CountsConfig.of("http://127.0.0.1:" + httpPort))) {
      awaitReady(counts);
      counts.setPolicy(LOAD, Policy.Total.unbounded(), OnChange.KEEP);
      counts.setPolicy(CALLS.namespace(), Policy.Total.unbounded(), OnChange.KEEP);
      var calls = new Calls(counts);
      CompletableFuture<Void> calling = CompletableFuture.runAsync(calls);
      CompletableFuture<Void> load =
          CompletableFuture.runAsync(() -> produceAnywhere(kafkaPort, PUTS));
      for (int kill = 1; kill <= KILLS; kill++) {
        long some = (long) PUTS * kill / (KILLS + 2);
        await().atMost(READY).ignoreExceptions().until(() -> counted(counts) >= some);
        serve.destroyForcibly().waitFor();
        serve = serve(httpPort, kafkaPort);
        awaitReady(counts);
      }
      load.join();
      calls.stop.set(true);
      calling.join();

      await().atMost(READY).ignoreExceptions().until(() -> counted(counts) >= PUTS);

      assertThat(counted(counts)).isEqualTo(PUTS);
      for (int i = 0; i < KEYS; i++) {
        assertThat(counts.count(key(i)).count()).as("key %d", i).isEqualTo(PUTS / KEYS);
      }
      assertThat(counts.count(CALLS).count())
          .isBetween(
              (long) calls.accepted.get(), (long) calls.accepted.get() + calls.unknown.get());
    } finally {
      serve.destroyForcibly().waitFor();
    }
  }

  private Process serve(int httpPort, int kafkaPort) throws IOException {
    return ServeProcess.start(data, "--http-port=" + httpPort, "--kafka-port=" + kafkaPort);
  }

  private static void awaitReady(Counts counts) {
    await().atMost(READY).ignoreExceptions().until(() -> counts.totals() != null);
  }

  private static long counted(Counts counts) {
    return counts.namespace(LOAD).totals().count();
  }

  /** Appends puts as a client would that partitions in a way of its own, and sees each one home. */
  private static void produceAnywhere(int kafkaPort, int puts) {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + kafkaPort,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 300_000,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5000,
            ProducerConfig.MAX_BLOCK_MS_CONFIG, 300_000L,
            ProducerConfig.BATCH_SIZE_CONFIG, 2000);
    var failed = new AtomicInteger();
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < puts; i++) {
        byte[] key = RecordKey.of(key(i % KEYS));
        var unused =
            producer.send(
                new ProducerRecord<>(LogFormat.EVENTS_TOPIC, i / 3 % PARTITIONS, key, new byte[0]),
                (metadata, problem) -> {
                  if (problem != null) {
                    failed.incrementAndGet();
                  }
                });
      }
    }
    assertThat(failed).as("puts that were not acknowledged").hasValue(0);
  }

  private static CounterName key(int i) {
    return CounterName.of("load", "key" + i);
  }

  /** Puts one after the other, and keeps the books on what is known of each. */
  private static final class Calls implements Runnable {
    private static final int STATUS_NOT_SENT = 503;

    private final Counts counts;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();

    Calls(Counts counts) {
      this.counts = counts;
    }

    @Override
    public void run() {
      while (!stop.get()) {
        try {
          counts.put(CALLS, 1);
          accepted.incrementAndGet();
        } catch (ProblemException problem) {
          if (problem.problem().status() != STATUS_NOT_SENT) {
            unknown.incrementAndGet();
          }
        } catch (UncheckedIOException noAnswer) {
          unknown.incrementAndGet();
        }
      }
    }
  }
}
