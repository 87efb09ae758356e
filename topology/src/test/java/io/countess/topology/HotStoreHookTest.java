package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rows reach the store beneath, and with it the changelog, only because Kafka Streams calls {@code
 * CachedStateStore.flushCache} when it prepares a commit. That is not public API. Where one of
 * these fails after an upgrade of Kafka, counts would be lost without a word: see HotStore.
 */
class HotStoreHookTest {
  @Test
  void shouldRunOnTheVersionOfKafkaWhoseHookWasLookedAt() {
    assertThat(AppInfoParser.getVersion())
        .as("read StreamTask.prepareCommit and TaskManager again before this is changed")
        .isEqualTo("4.3.1");
  }

  @Test
  void shouldBeWhatKafkaStreamsLooksForWhenItFlushes() {
    try (var fold = FoldFixture.inMemory()) {
      assertThat(fold.store()).isInstanceOf(CachedStateStore.class);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldWriteEachRowToTheChangelogInItsCommit(boolean exactlyOnce) {
    try (var fold = exactlyOnce ? FoldFixture.exactlyOnce() : FoldFixture.inMemory()) {
      fold.put("n", "k", 1, START);
      assertThat(keys(fold.changelog())).contains("Cn/k", "Nn", "M");

      fold.put("n", "k", 1, START);
      assertThat(keys(fold.changelog())).contains("Cn/k", "Nn", "M");
    }
  }

  @Test
  void shouldWriteWhatHousekeepingChangedAtTheNextCommit() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("n", "k", 1, START);
      fold.tick(START.plusSeconds(200));
      fold.changelog();

      fold.wallClock(Duration.ofSeconds(1));

      assertThat(keys(fold.changelog())).contains("Cn/k", "Nn", "M");
      assertThat(fold.keys("n")).isEmpty();
    }
  }

  private static List<String> keys(List<TestRecord<byte[], byte[]>> rows) {
    return rows.stream().map(row -> new String(row.key(), StandardCharsets.UTF_8)).toList();
  }
}
