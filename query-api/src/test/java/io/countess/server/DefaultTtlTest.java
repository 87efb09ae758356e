package io.countess.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Policy;
import io.countess.event.Terms;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DefaultTtlTest {
  private static final Duration TTL = Duration.ofMinutes(5);

  @Test
  void shouldKeepAllButTheTimeToLive() {
    var terms = Terms.DEFAULT.in(Policy.Mode.OBSERVE).remembering(Duration.ofHours(1));
    var now = new Policy.Expiring(Duration.ofSeconds(60), OptionalLong.of(5), terms);

    assertThat(DefaultTtl.with(TTL, now))
        .isEqualTo(new Policy.Expiring(TTL, OptionalLong.of(5), terms));
    assertThat(DefaultTtl.with(TTL, Policy.Total.unbounded()))
        .isEqualTo(new Policy.Expiring(TTL, OptionalLong.empty()));
  }
}
