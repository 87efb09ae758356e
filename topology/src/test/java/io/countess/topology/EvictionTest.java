package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Event;
import io.countess.store.HotStoreBuilder;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Few rows are kept decoded; what is evicted is read again, and nothing shows the difference. */
class EvictionTest {
  @Test
  void shouldCountExactlyWithHardlyAnyRowInMemory() {
    try (var fold = FoldFixture.over(HotStoreBuilder.inMemory(2))) {
      var random = new SplittableRandom(3);
      var model = new TreeMap<String, Long>();
      for (int i = 0; i < 2000; i++) {
        String key = "k" + random.nextInt(40);
        if (random.nextInt(12) == 0) {
          fold.apply("n", key, new Event.Reset(), START);
          model.remove(key);
        } else {
          fold.put("n", key, 1, START);
          model.merge(key, 1L, Long::sum);
        }
        assertThat(fold.store().state().hotRows()).isLessThanOrEqualTo(2);
      }

      model.forEach((key, n) -> assertThat(fold.count("n", key, START)).isEqualTo(n));
      assertThat(fold.keys("n")).containsExactlyElementsOf(model.keySet());
      assertThat(fold.namespace("n").tally().keysAt(START.toEpochMilli())).isEqualTo(model.size());
    }
  }

  @Test
  void shouldExpireAndSweepRowsThatAreNotInMemory() {
    try (var fold = FoldFixture.over(HotStoreBuilder.inMemory(0))) {
      fold.policy("total", "{\"kind\":\"total\"}", START);
      for (int i = 0; i < 300; i++) {
        fold.put("n", "k" + i, 1, START);
        fold.put("total", "k" + i, 1, START);
      }
      fold.policyAndReset("total", "{\"kind\":\"total\"}", START);
      fold.tick(START.plusSeconds(600));
      fold.changelog();
      for (int i = 0; i < 20; i++) {
        fold.wallClock(Duration.ofMillis(500));
      }

      assertThat(fold.keys("n")).isEmpty();
      assertThat(fold.changelog())
          .filteredOn(row -> row.key()[0] == 'C')
          .hasSize(600)
          .allMatch(row -> row.value() == null);
    }
  }

  @Test
  void shouldTakeUpStaleRowsThatAreNotInMemory() {
    try (var fold = FoldFixture.over(HotStoreBuilder.inMemory(0))) {
      fold.put("n", "k", 7, START);
      fold.policyAndReset("n", "{\"kind\":\"total\"}", START);

      assertThat(fold.put("n", "k", 1, START).count()).hasValue(1);
      assertThat(fold.count("n", "k", START)).isEqualTo(1);
    }
  }
}
