package io.countess.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StallWatchTest {
  private final Map<String, OptionalLong> ages = new HashMap<>();
  private final StallWatch watch = new StallWatch(() -> ages);

  @Test
  void shouldNoticeAThreadThatDoesNotAskForRecordsUntilItDoesAgain() {
    assertThat(stalledAt(StallWatch.STALLED_SECONDS - 1)).isFalse();
    assertThat(stalledAt(StallWatch.STALLED_SECONDS)).isTrue();
    assertThat(stalledAt(StallWatch.STALLED_SECONDS + 5)).isTrue();
    assertThat(stalledAt(0)).isFalse();
  }

  @Test
  void shouldForgetAThreadThatIsGone() {
    assertThat(stalledAt(StallWatch.STALLED_SECONDS)).isTrue();
    ages.clear();
    watch.look();
    assertThat(watch.isStalled()).isFalse();
  }

  private boolean stalledAt(long ageSeconds) {
    ages.put("thread-1", OptionalLong.of(ageSeconds));
    watch.look();
    return watch.isStalled();
  }
}
