package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.countess.count.ZoneData;
import io.countess.state.NewerStateException;
import io.countess.store.RestoredStore;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** State that a later version has written is left alone. */
class NewerStateTest {
  private static final byte CHECKPOINT = 'M';

  /** Where the edition of the time zone data begins, behind form, fold and length. */
  private static final int EDITION = 3;

  @Test
  void shouldNotOpenWhatALaterFoldWrote() {
    assertLeftAlone(written(1));
  }

  @Test
  void shouldNotOpenWhatWasWrittenInALaterForm() {
    assertLeftAlone(written(0));
  }

  @Test
  void shouldSayThatItWasFoldedWithOtherTimeZoneData() {
    var logger = (Logger) LoggerFactory.getLogger(Resumption.class);
    var told = new ListAppender<ILoggingEvent>();
    told.start();
    logger.addAppender(told);
    Level level = logger.getLevel();
    logger.setLevel(Level.WARN);
    try (var fold = FoldFixture.over(new RestoredStore(written(EDITION)))) {
      assertThat(fold.count("n", "k", START)).isEqualTo(1);
      assertThat(told.list)
          .singleElement()
          .satisfies(
              line ->
                  assertThat(line.getFormattedMessage())
                      .startsWith("Partition 0 was folded with time zone data ")
                      .contains("and goes on with " + ZoneData.EDITION));
    } finally {
      logger.setLevel(level);
      logger.detachAppender(told);
    }
  }

  private static void assertLeftAlone(List<TestRecord<byte[], byte[]>> rows) {
    var store = new RestoredStore(rows);

    assertThatThrownBy(() -> FoldFixture.over(store))
        .hasRootCauseInstanceOf(NewerStateException.class);
    assertThat(store.written()).isEmpty();
  }

  /** What a fold has written, with one byte of each checkpoint increased. */
  private static List<TestRecord<byte[], byte[]>> written(int increased) {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("n", "k", 1, START);
      var rows = fold.changelog();
      rows.stream()
          .filter(row -> row.key().length == 1 && row.key()[0] == CHECKPOINT)
          .forEach(row -> row.value()[increased]++);
      return rows;
    }
  }
}
