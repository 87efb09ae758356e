package io.countess.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.client.CountsConfig.Retry;
import io.countess.event.InvalidInputException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountsConfigTest {
  @Test
  void shouldHaveDefaults() {
    var five = Duration.ofSeconds(5);
    assertThat(CountsConfig.of("http://127.0.0.1:8080"))
        .isEqualTo(
            new CountsConfig(
                URI.create("http://127.0.0.1:8080"), Optional.empty(), five, five, Retry.WITH_ID));
  }

  @Test
  void shouldTakeEverySettingOver() {
    var config =
        CountsConfig.of("https://c.example/at")
            .withApiKey("abc")
            .withTimeout(Duration.ofSeconds(60))
            .withRetry(Retry.NEVER);
    assertThat(config.url()).hasHost("c.example").hasPath("/at");
    assertThat(config.apiKey()).contains("abc");
    assertThat(config.timeout()).isEqualTo(CountsConfig.MAX_TIMEOUT);
    assertThat(config.retry()).isEqualTo(Retry.NEVER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost:8080",
        "127.0.0.1",
        "ftp://h",
        "http://",
        "http://h:x",
        "http://h/?a=b",
        "http://h/#a",
        "http://user@h/",
        "http://h\u00f6\n"
      })
  void shouldRefuseOtherUrls(String url) {
    assertThatThrownBy(() -> CountsConfig.of(url))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("url is '" + url.replace("\n", "\\u000a") + "'; it");
  }

  @Test
  void shouldRefuseKeysThatAHeaderCantHold() {
    var config = CountsConfig.of("http://h");
    for (String key : new String[] {"", "a b", "a\nb", "\u00e9"}) {
      assertThatThrownBy(() -> config.withApiKey(key)).hasMessageStartingWith("apiKey must be");
    }
  }

  @Test
  void shouldBoundTheTimes() {
    var config = CountsConfig.of("http://h");
    assertThatThrownBy(() -> config.withTimeout(Duration.ZERO))
        .hasMessage("timeout is 0s; it must be from 1ms to 60s");
    assertThatThrownBy(() -> config.withTimeout(Duration.ofSeconds(61)))
        .hasMessage("timeout is 61s; it must be from 1ms to 60s");
  }
}
