package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.store.HotStoreBuilder;
import io.countess.store.RestoredStore;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** A partition goes on where its state stops, whatever the group has committed. */
class ResumptionTest {
  private static final Uuid ID = new Uuid(1, 2);
  private static final FakeLog WHOLE = new FakeLog(ID, 100);
  private static final OptionalLong NONE = OptionalLong.empty();

  /** The state after three records, the last at offset 2, written after each. */
  private static List<TestRecord<byte[], byte[]>> changelog() {
    try (var fold = FoldFixture.of(WHOLE, HotStoreBuilder.inMemory(1000))) {
      for (int i = 0; i < 3; i++) {
        fold.put("n", "k", 1, START);
      }
      return fold.changelog();
    }
  }

  private static FoldFixture open(
      List<TestRecord<byte[], byte[]>> rows, FakeLog log, OptionalLong committed) {
    return FoldFixture.committed(committed, log, new RestoredStore(rows));
  }

  /** The first rows of a changelog, up to before the nth that is of this kind. */
  private static List<TestRecord<byte[], byte[]>> before(
      List<TestRecord<byte[], byte[]>> rows, char kind, int nth) {
    var kept = new ArrayList<TestRecord<byte[], byte[]>>();
    int seen = 0;
    for (var row : rows) {
      if (row.key()[0] == kind && ++seen == nth) {
        break;
      }
      kept.add(row);
    }
    return kept;
  }

  @Test
  void shouldGoOnWhereItsStateStops() {
    try (var fold = open(changelog(), WHOLE, OptionalLong.of(3))) {
      assertThat(fold.cursor.position).isEqualTo(3);
      assertThat(fold.heard.foldedAgain).isZero();
    }
  }

  @Test
  void shouldFoldAgainWhatWasCommittedAndIsNotInItsState() {
    var older = before(changelog(), 'B', 3);

    try (var fold = open(older, WHOLE, OptionalLong.of(8))) {
      assertThat(fold.cursor.position).isEqualTo(2);
      assertThat(fold.heard.foldedAgain).isEqualTo(6);
      assertThat(fold.count("n", "k", START)).isEqualTo(2);
    }
  }

  @Test
  void shouldFoldTheWholeLogAgainWhereNoStateIsLeft() {
    try (var fold = open(List.of(), WHOLE, OptionalLong.of(8))) {
      assertThat(fold.cursor.position).isZero();
      assertThat(fold.heard.foldedAgain).isEqualTo(8);
    }
  }

  @Test
  void shouldFoldTheWholeLogAgainWhereAFlushIsThereOnlyInPart() {
    var torn = before(changelog(), 'M', 3);

    try (var fold = open(torn, WHOLE, OptionalLong.of(8))) {
      assertThat(fold.cursor.position).isZero();
      assertThat(fold.reader().namespaces()).isEmpty();
      fold.put("n", "k", 1, START);
      assertThat(fold.count("n", "k", START)).isEqualTo(1);
    }
  }

  /** The rows are deleted in the changelog too, and that may come there only in part. */
  @Test
  void shouldNotTakeWhatIsHalfDeletedForWhole() {
    var torn = before(changelog(), 'M', 3);
    var all = new ArrayList<>(torn);
    var restored = new RestoredStore(torn);
    try (var fold = FoldFixture.committed(OptionalLong.of(8), WHOLE, restored)) {
      fold.put("n", "k", 1, START);
      all.addAll(restored.written());
    }

    for (int kept = torn.size(); kept < all.size(); kept++) {
      try (var fold = open(all.subList(0, kept), WHOLE, OptionalLong.of(8))) {
        assertThat(fold.cursor.position).as("%d of %d rows", kept, all.size()).isZero();
      }
    }
    try (var fold = open(all, WHOLE, OptionalLong.of(8))) {
      assertThat(fold.cursor.position).isEqualTo(1);
    }
  }

  @Test
  void shouldFoldTheWholeLogAgainWhereRowsAreLeftWithoutTheirPosition() {
    var rows = changelog().stream().filter(row -> row.key()[0] == 'C').toList();

    try (var fold = open(rows, WHOLE, NONE)) {
      assertThat(fold.cursor.position).isZero();
      assertThat(fold.count("n", "k", START)).isZero();
    }
  }

  @Test
  void shouldFoldTheWholeLogAgainWhereTheChangelogHasLostItsBeginning() {
    try (var fold = open(changelog(), WHOLE.withStateFrom(5), OptionalLong.of(3))) {
      assertThat(fold.cursor.position).isZero();
      assertThat(fold.heard.foldedAgain).isEqualTo(3);
    }
  }

  @Test
  void shouldRefuseWhereTheLogNoLongerHoldsWhatIsMissing() {
    var older = before(changelog(), 'B', 3);

    assertThatThrownBy(() -> open(older, new FakeLog(ID, 3, 100), OptionalLong.of(8)))
        .rootCause()
        .isInstanceOf(LogReplacedException.class)
        .hasMessageStartingWith(
            "The counts of partition 0 include the log only up to offset 1 (committed was up to 7),"
                + " and the topic countess.events there begins at offset 3")
        .hasMessageContaining("delete the topic fixture-counters-changelog and the consumer group");
  }

  @Test
  void shouldRefuseWhereStateIsLostAndTheLogIsNotWhole() {
    var shortened = new FakeLog(ID, 1, 100);
    var torn = before(changelog(), 'M', 3);

    assertRefused(List.of(), shortened, OptionalLong.of(8));
    assertRefused(torn, shortened, OptionalLong.of(8));
    assertRefused(changelog(), shortened.withStateFrom(5), OptionalLong.of(3));
    assertRefused(changelog(), new FakeLog(ID, 4, 100), NONE);
  }

  private static void assertRefused(
      List<TestRecord<byte[], byte[]>> rows, FakeLog log, OptionalLong committed) {
    assertThatThrownBy(() -> open(rows, log, committed))
        .hasRootCauseInstanceOf(LogReplacedException.class);
  }

  @Test
  void shouldStartWhereTheLogBeginsWhereNothingWasEverCommitted() {
    try (var fold = open(List.of(), new FakeLog(ID, 40, 100), NONE)) {
      assertThat(fold.cursor.position).isEqualTo(40);
      assertThat(fold.heard.foldedAgain).isZero();
    }
  }

  @Test
  void shouldGoOnWhereTheLogHasDeletedAllThatWasFolded() {
    try (var fold = open(changelog(), new FakeLog(ID, 3, 100), OptionalLong.of(3))) {
      assertThat(fold.cursor.position).isEqualTo(3);
      assertThat(fold.count("n", "k", START)).isEqualTo(3);
    }
  }

  /** It does not know that what follows its last record was the marker of a transaction. */
  @Test
  void shouldBelieveWhatWasCommittedOverStateOfEarlierVersions() {
    var rows = new ArrayList<>(changelog().stream().filter(row -> row.key()[0] != 'M').toList());
    byte[] old = HexFormat.of().parseHex("02" + "01" + "0204" + "04" + "80d0eab6b733000101");
    rows.add(new TestRecord<>(new byte[] {'M'}, old));

    try (var fold = open(rows, new FakeLog(ID, 4, 100), OptionalLong.of(4))) {
      assertThat(fold.cursor.position).isEqualTo(4);
    }
  }

  @Test
  void shouldNotFoldARecordThatComesTooEarly() {
    var log = new SimulatedLog(1);
    for (int i = 0; i < 4; i++) {
      log.append(0, "n/k", "", START.toEpochMilli());
    }
    var partition = new SimulatedPartition(0, log);
    partition.fold();
    partition.skip();
    assertThatThrownBy(partition::fold)
        .hasMessageContaining("offset 2 of partition 0")
        .hasMessageContaining("comes too early after 0");

    partition.crash(0, 0);
    partition.fold();
    partition.skip();
    partition.cursor.gapTo(2);
    partition.fold();
    assertThat(partition.reader().progress().offset()).isEqualTo(2);
  }

  /** So that it can be told from a record that is missing, also when the log has forgotten it. */
  @Test
  void shouldCommitWhatItHasReadPast() {
    var log = new SimulatedLog(1);
    log.append(0, "n/k", "", START.toEpochMilli());
    var partition = new SimulatedPartition(0, log);
    partition.fold();
    partition.commit();
    partition.cursor.gapTo(7);
    partition.commit();

    partition.crash(0, 0);

    assertThat(partition.cursor.position).isEqualTo(7);
    assertThat(partition.reader().progress().offset()).isZero();
  }
}
