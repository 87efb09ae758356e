package io.countess.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.event.InvalidInputException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerConfigTest {
  @Test
  void shouldAdvertiseWhereItListensUnlessToldOtherwise() {
    assertThat(new BrokerConfig(Path.of("data"), "127.0.0.1", 0, 4, false).advertised()).isEmpty();
  }

  @Test
  void shouldRefuseAPortThatIsNone() {
    assertThatThrownBy(() -> new BrokerConfig(Path.of("data"), "127.0.0.1", 65_536, 4, false))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("kafka-port is 65536; it must be from 0 to 65535");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kafka", "kafka.example:9092", "10.0.0.1", "[2001:db8::1]:9092"})
  void shouldTakeAnAddressToAdvertise(String address) {
    assertThat(advertising(address).advertised()).contains(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a b", "kafka:", "kafka:port", "PLAINTEXT://kafka:9092", "2001:db8::1"})
  void shouldRefuseWhatIsNoAddress(String address) {
    assertThatThrownBy(() -> advertising(address))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("kafka-advertised is '" + address + "'");
  }

  private static BrokerConfig advertising(String address) {
    return new BrokerConfig(Path.of("data"), "127.0.0.1", 0, Optional.of(address), 4, false);
  }
}
