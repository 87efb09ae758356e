package io.countess.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.event.InvalidInputException;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PutsConfigTest {
  @Test
  void shouldBeDurableByDefault() {
    var settings = new ProducerConfig(PutsConfig.of("localhost:1").producer());
    assertThat(settings.getString("acks")).isEqualTo("-1");
    assertThat(settings.getBoolean("enable.idempotence")).isTrue();
    assertThat(settings.getClass("partitioner.class")).isEqualTo(EventPartitioner.class);
    assertThat(settings.getLong("buffer.memory")).isEqualTo(32 << 20);
    assertThat(settings.getLong("max.block.ms")).isEqualTo(1000);
    assertThat(settings.getInt("delivery.timeout.ms")).isEqualTo(120_000);
  }

  @Test
  void shouldTakeEverySettingOver() {
    var config =
        new PutsConfig(
            "a:1,b:2",
            1 << 20,
            Duration.ofMillis(5),
            Duration.ofSeconds(7),
            Map.of("client.id", "shop", "compression.type", "lz4", "linger.ms", "3"));
    var settings = new ProducerConfig(config.producer());
    assertThat(settings.getList("bootstrap.servers")).containsExactly("a:1", "b:2");
    assertThat(settings.getLong("buffer.memory")).isEqualTo(1 << 20);
    assertThat(settings.getLong("max.block.ms")).isEqualTo(5);
    assertThat(settings.getInt("delivery.timeout.ms")).isEqualTo(7000);
    assertThat(settings.getInt("request.timeout.ms")).isEqualTo(6997);
    assertThat(settings.getString("client.id")).isEqualTo("shop");
    assertThat(settings.getString("compression.type")).isEqualTo("lz4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"acks", "enable.idempotence", "partitioner.class", "buffer.memory"})
  void shouldRefuseSettingsThatWouldBreakItsPromises(String setting) {
    var config = PutsConfig.of("localhost:1");
    assertThatThrownBy(() -> config.with(Map.of(setting, "0")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("kafka." + setting + " can't be set here");
  }

  @Test
  void shouldRefuseWhatIsOutOfRange() {
    var second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new PutsConfig("a:1", 1, second, second, Map.of()))
        .hasMessage("bufferBytes is 1; it must be at least 1048576");
    assertThatThrownBy(() -> new PutsConfig("a:1", 1 << 20, Duration.ZERO, second, Map.of()))
        .hasMessage("maxWait is 0s; it must be from 1ms to 1d");
    assertThatThrownBy(() -> new PutsConfig("a:1", 1 << 20, second, Duration.ofDays(2), Map.of()))
        .hasMessage("delivery is 2d; it must be from 1ms to 1d");
  }
}
