package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.store.HotStoreBuilder;
import io.countess.store.RestoredStore;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** Counts are not carried on with a log that is not the one they come from. */
class ReplacedLogTest {
  private static final Uuid ID = new Uuid(1, 2);
  private static final Uuid OTHER = new Uuid(3, 4);

  /** The state after three records, the last at offset 2. */
  private static List<TestRecord<byte[], byte[]>> stateOf(Uuid id) {
    try (var fold =
        FoldFixture.of(new FakeLog(id, Long.MAX_VALUE), HotStoreBuilder.inMemory(1000))) {
      for (int i = 0; i < 3; i++) {
        fold.put("n", "k", 1, START);
      }
      return fold.changelog();
    }
  }

  private static long countAfter(List<TestRecord<byte[], byte[]>> state, FakeLog log) {
    try (var fold = FoldFixture.of(log, new RestoredStore(state))) {
      return fold.count("n", "k", START);
    }
  }

  @Test
  void shouldRefuseALogThatEndsBeforeWhatWasCounted() {
    var state = stateOf(ID);

    for (long end = 0; end <= 2; end++) {
      var log = new FakeLog(ID, end);
      assertThatThrownBy(() -> countAfter(state, log))
          .hasRootCauseInstanceOf(LogReplacedException.class)
          .rootCause()
          .hasMessageStartingWith(
              "The counts of partition 0 include the log up to offset 2, but the topic"
                  + " countess.events there ends before offset "
                  + end)
          .hasMessageContaining("delete the topic fixture-counters-changelog");
    }
  }

  @Test
  void shouldRefuseAnotherTopicHoweverLongItIs() {
    var state = stateOf(ID);

    assertThatThrownBy(() -> countAfter(state, new FakeLog(OTHER, 100)))
        .hasRootCauseInstanceOf(LogReplacedException.class)
        .rootCause()
        .hasMessageContaining(ID.toString())
        .hasMessageContaining(OTHER.toString());
  }

  @Test
  void shouldRefuseAnEmptyLogWhereOneRecordWasCounted() {
    try (var fold =
        FoldFixture.of(new FakeLog(ID, Long.MAX_VALUE), HotStoreBuilder.inMemory(1000))) {
      fold.put("n", "k", 1, START);
      var state = fold.changelog();

      assertThatThrownBy(() -> countAfter(state, new FakeLog(ID, 0)))
          .hasRootCauseInstanceOf(LogReplacedException.class);
    }
  }

  @Test
  void shouldGoOnWithTheSameLog() {
    assertThat(countAfter(stateOf(ID), new FakeLog(ID, 3))).isEqualTo(3);
  }

  @Test
  void shouldTakeAnyIdWhereOneOfThemIsNotKnown() {
    assertThat(countAfter(stateOf(Uuid.ZERO_UUID), new FakeLog(ID, 3))).isEqualTo(3);
    assertThat(countAfter(stateOf(ID), new FakeLog(Uuid.ZERO_UUID, 3))).isEqualTo(3);
  }

  @Test
  void shouldStartWithAnyLogWhereNothingWasCounted() {
    assertThat(countAfter(List.of(), new FakeLog(ID, 0))).isZero();
  }
}
