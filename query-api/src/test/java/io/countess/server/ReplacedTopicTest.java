package io.countess.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.broker.BrokerConfig;
import io.countess.broker.EmbeddedBroker;
import io.countess.client.Counts;
import io.countess.client.CountsConfig;
import io.countess.event.CounterName;
import io.countess.event.LogFormat;
import io.countess.topology.LogReplacedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody deletes the topic of the log, and the counts are still there. */
class ReplacedTopicTest {
  private static final Duration READY = Duration.ofSeconds(60);
  private static final CounterName ALICE = CounterName.of("logins", "alice");

  @TempDir Path data;

  @Test
  void shouldSayAtOnceThatTheLogIsNotTheOneThatWasCounted() throws Exception {
    try (Countess countess = start();
        Counts counts = Counts.open(CountsConfig.of(countess.url()))) {
      assertThat(countess.awaitReady(READY)).isTrue();
      assertThat(counts.put(ALICE, 1).count()).hasValue(1);
    }
    deleteTheLog();

    try (Countess countess = start()) {
      assertThat(countess.awaitReady(READY)).isFalse();
      assertThatThrownBy(() -> countess.died().get(1, TimeUnit.SECONDS))
          .cause()
          .isInstanceOf(LogReplacedException.class)
          .hasMessageContaining("the topic countess.events there ends before offset 0");
    }
  }

  @Test
  void shouldEndWithTheSameAdviceWhereTheLogIsDeletedWhileItIsCounted() throws Exception {
    try (Countess countess = start();
        Counts counts = Counts.open(CountsConfig.of(countess.url()));
        var admin = Admin.create(Map.of("bootstrap.servers", countess.kafka()))) {
      assertThat(countess.awaitReady(READY)).isTrue();
      assertThat(counts.put(ALICE, 1).count()).hasValue(1);

      admin.deleteTopics(List.of(LogFormat.EVENTS_TOPIC)).all().get(20, TimeUnit.SECONDS);

      assertThatThrownBy(() -> countess.died().get(30, TimeUnit.SECONDS))
          .cause()
          .isInstanceOf(LogReplacedException.class)
          .hasMessageContaining("was deleted while it was counted")
          .hasMessageContaining("delete the topic countess-counters-changelog");
    }
  }

  private void deleteTheLog() throws Exception {
    var config = new BrokerConfig(data.resolve("kafka"), "127.0.0.1", 0, 4, false);
    try (var broker = EmbeddedBroker.start(config);
        var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.deleteTopics(List.of(LogFormat.EVENTS_TOPIC)).all().get(20, TimeUnit.SECONDS);
    }
  }

  private Countess start() {
    var flags = new EnumMap<Setting, String>(Setting.class);
    flags.put(Setting.DATA, data.toString());
    flags.put(Setting.HTTP_PORT, "0");
    flags.put(Setting.KAFKA_PORT, "0");
    return Countess.start(CountessConfig.of(Settings.read(flags, Map.of())));
  }
}
