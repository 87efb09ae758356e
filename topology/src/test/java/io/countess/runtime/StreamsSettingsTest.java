package io.countess.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Whoever waits for somebody who waits, too, waits longer: decision 9. */
class StreamsSettingsTest {
  private static final String ANSWER = "request.timeout.ms";

  private final Properties many = settings(3, false);

  @Test
  void shouldWaitLongerForTheAssignmentThanItTakes() {
    assertThat(millis(many, "admin." + ANSWER))
        .isLessThan(millis(many, "admin.default.api.timeout.ms"));
    assertThat(millis(many, "admin.default.api.timeout.ms"))
        .isLessThan(millis(many, "main.consumer." + ANSWER));
    assertThat(millis(many, "main.consumer." + ANSWER))
        .isLessThan(millis(many, "main.consumer.session.timeout.ms"));
    assertThat(millis(many, "main.consumer.session.timeout.ms"))
        .isLessThan(millis(many, "main.consumer.max.poll.interval.ms"));
  }

  /** It finds that out when it has asked in vain, and asks others while it leaves it alone. */
  @Test
  void shouldKeepATransactionOpenWhileABrokerThatHangsHoldsItUp() {
    long held = millis(many, ANSWER) + millis(many, "metadata.max.age.ms");

    assertThat(held).isLessThan(millis(many, "producer.transaction.timeout.ms"));
    assertThat(millis(many, "metadata.max.age.ms"))
        .isLessThan(millis(many, "reconnect.backoff.ms"));
  }

  @Test
  void shouldWaitLongerWhereNobodyTakesOver() {
    long answer = millis(many, ANSWER);

    assertThat(millis(settings(1, false), ANSWER)).isGreaterThan(answer);
    assertThat(millis(settings(3, true), ANSWER)).isGreaterThan(answer);
    assertThat(settings(1, false)).doesNotContainKey("reconnect.backoff.ms");
  }

  private static long millis(Properties settings, String name) {
    return ((Number) settings.get(name)).longValue();
  }

  private static Properties settings(int replication, boolean staticMember) {
    return StreamsSettings.streams(
        new RuntimeConfig(
            "127.0.0.1:1",
            "countess",
            Path.of("state"),
            StoreKind.MEMORY,
            Duration.ofMillis(500),
            2,
            4,
            (short) replication,
            staticMember,
            100_000,
            0,
            Map.of(),
            Map.of()),
        "127.0.0.1:2");
  }
}
