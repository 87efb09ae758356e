package io.countess.event.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a record was sent, where that is later than its own time. */
class SentHeaderTest {
  private static final long AT = 1_767_225_600_000L;
  private static final long WEEK = Duration.ofDays(7).toMillis();

  @Test
  void shouldSayWhenItWasSent() {
    assertThat(SentHeader.decode(SentHeader.encode(AT + 5), AT)).isEqualTo(AT + 5);
    assertThat(SentHeader.decode(SentHeader.encode(AT + WEEK), AT)).isEqualTo(AT + WEEK);
  }

  @Test
  void shouldNotBelieveWhatCantBe() {
    assertThat(SentHeader.decode(SentHeader.encode(AT + WEEK + 1), AT)).isEqualTo(AT);
    assertThat(SentHeader.decode(SentHeader.encode(AT - 1), AT)).isEqualTo(AT);
    assertThat(SentHeader.decode(null, AT)).isEqualTo(AT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "now", "-5", "1767225600001.5", "9999999999999999999"})
  void shouldPassOverWhatIsNoTime(String value) {
    assertThat(SentHeader.decode(value.getBytes(StandardCharsets.UTF_8), AT)).isEqualTo(AT);
  }
}
