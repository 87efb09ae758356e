package io.countess.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.client.Counts;
import io.countess.client.CountsConfig;
import io.countess.event.CounterName;
import io.countess.event.LogFormat;
import io.countess.event.Partitions;
import io.countess.event.RecordKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A producer that leaves a transaction open holds its partition up, and is named. */
class OpenTransactionTest {
  private static final CounterName ALICE = CounterName.of("logins", "alice");
  private static final int HOME = Partitions.of(RecordKey.of(ALICE), 4);
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Pattern HELD_UP =
      Pattern.compile("countess_partition_held_up_seconds\\{partition=\"" + HOME + "\"} (\\S+)");

  @TempDir Path data;
  private Countess countess;

  @BeforeEach
  void start() throws InterruptedException {
    countess = Alone.start(data, "memory");
  }

  @AfterEach
  void stop() {
    countess.close();
  }

  @Test
  void shouldBeNamedAndMeasuredUntilItEnds() throws Exception {
    try (var producer = producer();
        var counts = Counts.open(CountsConfig.of(countess.url()))) {
      producer.initTransactions();
      producer.beginTransaction();
      var unused =
          producer.send(
              new ProducerRecord<>(LogFormat.EVENTS_TOPIC, HOME, RecordKey.of(ALICE), new byte[0]));
      producer.flush();

      await()
          .atMost(SOON)
          .until(() -> countess.queries().readiness().openTransactions().size() == 1);
      assertThat(get("/readyz"))
          .contains(
              "\"topic\":\"countess.events\",\"partition\":" + HOME,
              "\"transactionalId\":\"loader\"",
              "\"hanging\":false");
      assertThat(heldUpSeconds()).isGreaterThan(9);
      assertThat(counts.readiness().ready()).isTrue();

      producer.commitTransaction();

      await().atMost(SOON).until(() -> heldUpSeconds() == 0);
      assertThat(countess.queries().readiness().openTransactions()).isEmpty();
      await().atMost(SOON).until(() -> counts.count(ALICE).count() == 1);
    }
  }

  private Producer<byte[], byte[]> producer() {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", countess.kafka(), "transactional.id", "loader");
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private double heldUpSeconds() throws Exception {
    var shown = HELD_UP.matcher(get("/metrics"));
    assertThat(shown.find()).isTrue();
    return Double.parseDouble(shown.group(1));
  }

  private String get(String path) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(countess.url() + path)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }
}
