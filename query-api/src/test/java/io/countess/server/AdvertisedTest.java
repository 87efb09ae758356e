package io.countess.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.event.InvalidInputException;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the other instances are told to find this one. */
class AdvertisedTest {
  private static final int PORT = 4711;

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,            127.0.0.1:4711",
    "10.1.2.3,             10.1.2.3:4711",
    "countess.example,     countess.example:4711",
    "::1,                  [::1]:4711",
    "0.0.0.0,              127.0.0.1:4711", // from where it speaks to a Kafka on this machine
    "::,                   127.0.0.1:4711",
  })
  void shouldFollowFromWhatHttpIsBoundTo(String bind, String address) {
    assertThat(advertised(Map.of(Setting.BIND, bind)).address(PORT)).isEqualTo(address);
  }

  @ParameterizedTest
  @CsvSource({
    "c1.example,       c1.example:4711",
    "c1.example:80,    c1.example:80",
    "'[2001:db8::1]',  '[2001:db8::1]:4711'",
    "'[2001:db8::1]:80','[2001:db8::1]:80'",
  })
  void shouldBeWhatWasSet(String set, String address) {
    var flags = Map.of(Setting.BIND, "0.0.0.0", Setting.ADVERTISED_HTTP, set);
    assertThat(advertised(flags).address(PORT)).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://h:80", "h:0", "h:65536", "h:", ":80", "a b", "2001:db8::1"})
  void shouldRefuseWhatIsNoAddress(String set) {
    assertThatThrownBy(() -> advertised(Map.of(Setting.ADVERTISED_HTTP, set)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("advertised-http is '" + set + "'");
  }

  @Test
  void shouldSayWhereItCantTell() {
    var flags = Map.of(Setting.BIND, "0.0.0.0", Setting.BOOTSTRAP_SERVERS, "kafka.invalid:9092");
    assertThatThrownBy(() -> advertised(flags).address(PORT))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("advertised-http is missing")
        .hasMessageContaining("kafka.invalid leads nowhere");
  }

  @Test
  void shouldKnowThatOthersElsewhereCantReachIt() {
    var far = Map.of(Setting.BOOTSTRAP_SERVERS, "192.0.2.7:9092");
    assertThat(advertised(far).isOnlyForThisMachine("127.0.0.1:80")).isTrue();
    assertThat(advertised(far).isOnlyForThisMachine("192.0.2.8:80")).isFalse();
    assertThat(advertised(Map.of()).isOnlyForThisMachine("127.0.0.1:80")).isFalse();
  }

  private static Advertised advertised(Map<Setting, String> more) {
    var flags = new EnumMap<Setting, String>(Setting.class);
    flags.put(Setting.BOOTSTRAP_SERVERS, "127.0.0.1:9092");
    flags.putAll(more);
    return new Advertised(CountessConfig.of(Settings.read(flags, Map.of())));
  }
}
