package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static io.countess.topology.FoldFixture.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.answer.JournalPage;
import io.countess.answer.JournalPlace;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.state.PartitionReader;
import io.countess.state.StandbyView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal is read by pages, wherever its rows are. */
class JournalPageTest {
  private static final String TOTAL = "{\"kind\":\"total\",\"journal\":\"60s\"}";
  private static final CounterName A = CounterName.of("n", "a");

  @Test
  void shouldTurnPages() {
    try (var fold = fold()) {
      for (int i = 0; i < 9; i++) {
        fold.put("n", "a", 1, START);
        fold.put("n", "ab", 1, START);
      }

      JournalPage first = fold.reader().journal(A, Optional.empty(), 4);
      JournalPage second = fold.reader().journal(A, first.next(), 4);
      JournalPage third = fold.reader().journal(A, second.next(), 4);

      assertThat(offsets(first)).containsExactly(17L, 15L, 13L, 11L);
      assertThat(offsets(second)).containsExactly(9L, 7L, 5L, 3L);
      assertThat(offsets(third)).containsExactly(1L);
      assertThat(third.next()).isEmpty();
      assertThat(fold.reader().journal(A, second.next(), 1).next()).isEmpty();
    }
  }

  @Test
  void shouldBeginBeforeAnyPlace() {
    try (var fold = fold()) {
      for (int i = 0; i < 3; i++) {
        fold.put("n", "ab", 1, START);
        fold.put("n", "a", 1, START);
      }

      assertThat(offsets(before(fold, 5, 2))).containsExactly(4L, 2L);
      assertThat(offsets(before(fold, 4, 2))).containsExactly(2L);
      assertThat(offsets(before(fold, 2, 2))).isEmpty();
      assertThat(offsets(before(fold, Long.MAX_VALUE, 1))).containsExactly(6L);
    }
  }

  private static JournalPage before(FoldFixture fold, long offset, int limit) {
    return fold.reader().journal(A, Optional.of(new JournalPlace(0, offset)), limit);
  }

  /** Whatever has ended and is not removed yet, a page goes past a bounded part of it. */
  @Test
  void shouldEndAPageEarlyWhereMuchHasEnded() {
    try (var fold = fold()) {
      fold.put("n", "a", 1, START);
      fold.policy("n", TOTAL.replace("60s", "1s"), START);
      for (int i = 0; i < 1500; i++) {
        fold.stamped("n", "a", Event.Put.of(1));
      }
      fold.machine.pass(Duration.ofSeconds(1));

      JournalPage first = fold.reader().journal(A, Optional.empty(), 9);
      JournalPage second = fold.reader().journal(A, first.next(), 9);

      assertThat(first.entries()).isEmpty();
      assertThat(first.next()).isPresent();
      assertThat(offsets(second)).containsExactly(1L);
      assertThat(second.next()).isEmpty();
    }
  }

  @Test
  void shouldReadWhatStandsOnDisk(@TempDir Path dir) {
    try (var fold = FoldFixture.rocksDb(dir)) {
      fold.policy("n", TOTAL, START);
      fold.put("n", "a", 1, START);
      fold.put("n", "a", 2, START);

      JournalPage page = fold.reader().journal(A, Optional.empty(), 1);

      assertThat(offsets(page)).containsExactly(2L);
      assertThat(offsets(fold.reader().journal(A, page.next(), 1))).containsExactly(1L);
    }
  }

  /** Of what a page shows some is in the store, and some in memory until the next flush. */
  @Test
  void shouldShowTheSameBeforeAFlushAndAfterIt() {
    var alone = new FoldAlone(0, new BrokersLog(FakeLog.ENDLESS, 1), 10);
    alone.fold(record("n/", "{\"op\":\"policy\",\"policy\":" + TOTAL + "}"), 0);
    for (int offset = 1; offset <= 6; offset++) {
      alone.fold(record(offset % 2 == 0 ? "n/a" : "n/ab", null), offset);
      if (offset == 3) {
        alone.flush();
      }
    }
    List<JournalPage> before = pages(alone.reader());

    alone.flush();

    assertThat(before)
        .extracting(JournalPageTest::offsets)
        .containsExactly(List.of(6L, 4L), List.of(2L));
    assertThat(pages(alone.reader())).isEqualTo(before);
    assertThat(pages(StandbyView.look(alone.rows(), 0, 1))).isEqualTo(before);
  }

  private static FoldFixture fold() {
    var fold = FoldFixture.inMemory();
    fold.policy("n", TOTAL, START);
    return fold;
  }

  private static Record<byte[], byte[]> record(String key, String value) {
    return new Record<>(utf8(key), value == null ? null : utf8(value), START.toEpochMilli());
  }

  private static List<JournalPage> pages(PartitionReader reader) {
    JournalPage first = reader.journal(A, Optional.empty(), 2);
    return List.of(first, reader.journal(A, first.next(), 2));
  }

  private static List<Long> offsets(JournalPage page) {
    return page.entries().stream().map(entry -> entry.place().offset()).toList();
  }
}
