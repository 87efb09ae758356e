package io.countess.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.count.ZoneData;
import io.countess.event.codec.ClockStamp;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What a partition's state knows of the log. */
class CheckpointTest {
  @Property
  void shouldReadBackWhatItKnows(
      @ForAll @IntRange(min = 1, max = 64) int partitions,
      @ForAll @LongRange(min = -1) long offset,
      @ForAll @LongRange(min = 0, max = 253_402_300_799_999L) long highest,
      @ForAll @LongRange(min = -1) long mark) {
    var checkpoint = new Checkpoint(partitions);
    checkpoint.log(new LogId(mark, offset));
    checkpoint.folded(offset);
    checkpoint.passTo(highest);
    checkpoint.sent(partitions - 1, mark);
    checkpoint.received(partitions / 2, mark);
    checkpoint.nextExpirySequence();

    Checkpoint read = Checkpoint.decode(checkpoint.encode(), partitions);

    assertThat(read.log()).isEqualTo(new LogId(mark, offset));
    assertThat(read.offset()).isEqualTo(offset);
    assertThat(read.highestMillis()).isEqualTo(highest);
    assertThat(read.floorMillis()).isEqualTo(Math.max(0, highest - 60_000));
    for (int p = 0; p < partitions; p++) {
      assertThat(read.sentTo(p)).isEqualTo(p == partitions - 1 ? mark : -1);
      assertThat(read.foldedFrom(p)).isEqualTo(p == partitions / 2 ? mark : -1);
    }
    assertThat(read.nextExpirySequence()).isEqualTo(1);
  }

  @Example
  void shouldKnowNothingAtFirst() {
    Checkpoint checkpoint = Checkpoint.decode(null, 2);

    assertThat(checkpoint.offset()).isEqualTo(-1);
    assertThat(checkpoint.floorMillis()).isZero();
    assertThat(checkpoint.sentTo(1)).isEqualTo(-1);
    assertThat(checkpoint.foldedFrom(1)).isEqualTo(-1);
  }

  @Example
  void shouldNeverLetTimeGoBack() {
    var checkpoint = new Checkpoint(1);
    checkpoint.passTo(100_000);
    checkpoint.passTo(70_000);

    assertThat(checkpoint.highestMillis()).isEqualTo(100_000);
    assertThat(checkpoint.floorMillis()).isEqualTo(40_000);
  }

  @Example
  void shouldWriteTheseBytes() {
    var checkpoint = new Checkpoint(2);
    checkpoint.log(new LogId(2, -1));
    checkpoint.folded(5);
    checkpoint.passTo(1_767_225_600_000L);
    checkpoint.sent(1, 4);
    checkpoint.rowSum(-3);

    byte[] zones = ZoneData.EDITION.getBytes(StandardCharsets.US_ASCII);
    String edition = "%02x%s".formatted(zones.length, HexFormat.of().formatHex(zones));
    assertThat(HexFormat.of().formatHex(checkpoint.encode()))
        .isEqualTo(
            ("06 05"
                    + edition
                    + "02 0401 0a 06 00 05 80d0eab6b733 a0fbe6b6b733 00 00 c0a6e3b6b733 00 0101 0801")
                .replace(" ", ""));
  }

  @Example
  void shouldReadARowOfTheSecondVersion() {
    byte[] row =
        HexFormat.of()
            .parseHex("02" + "02" + "0401" + "0a" + "80d0eab6b733" + "00" + "0101" + "0801");

    Checkpoint checkpoint = Checkpoint.decode(row, 2);

    assertThat(checkpoint.log()).isEqualTo(new LogId(2, -1));
    assertThat(checkpoint.offset()).isEqualTo(5);
    assertThat(checkpoint.next()).isEqualTo(6);
    assertThat(checkpoint.isExact()).as("what is behind the record is not known").isFalse();
    assertThat(checkpoint.highestMillis()).isEqualTo(1_767_225_600_000L);
    assertThat(checkpoint.floorMillis()).isEqualTo(1_767_225_540_000L);
    assertThat(checkpoint.ageAt(1_767_225_600_000L)).isEqualTo(1_767_225_600_000L);
    assertThat(checkpoint.sentTo(1)).isEqualTo(4);
    assertThat(Checkpoint.flushesOf(row)).isEmpty();
  }

  @Example
  void shouldKnowWhatItHasPassedOverAndWhichFlushItIsOf() {
    var checkpoint = new Checkpoint(1);
    checkpoint.folded(5);
    checkpoint.passedOver(8);
    checkpoint.flushed();
    checkpoint.flushed();

    Checkpoint read = Checkpoint.decode(checkpoint.encode(), 1);

    assertThat(read.offset()).isEqualTo(5);
    assertThat(read.next()).isEqualTo(8);
    assertThat(read.isExact()).isTrue();
    assertThat(Checkpoint.flushesOf(checkpoint.encode())).hasValue(2);
  }

  @Example
  void shouldReadBackWhatItKnowsOfTime() {
    var checkpoint = new Checkpoint(1);
    checkpoint.time().passTo(1_767_225_600_000L, ClockStamp.BY_WALL_CLOCK);
    checkpoint.time().passTo(1_767_222_000_000L, new ClockStamp(3_600_500, 700));

    Checkpoint read = Checkpoint.decode(checkpoint.encode(), 1);

    assertThat(read.clockMillis()).isEqualTo(1_767_225_600_500L);
    assertThat(read.time().leadMillis()).isEqualTo(3_600_500);
    assertThat(read.time().skippedMillis()).isEqualTo(700);
    assertThat(read.time().ageFloorMillis()).isEqualTo(checkpoint.time().ageFloorMillis());
  }

  @Example
  void shouldReadARowThatDoesNotSayWhatRowsAddUpTo() {
    String row =
        "05 01 00 02 0401 0a 06 00 80d0eab6b733 a0fbe6b6b733 00 00 c0a6e3b6b733 00 0101 0801";

    Checkpoint checkpoint = Checkpoint.decode(HexFormat.of().parseHex(row.replace(" ", "")), 2);

    assertThat(checkpoint.isSummed()).isFalse();
    assertThat(checkpoint.next()).isEqualTo(6);
    assertThat(checkpoint.sentTo(1)).isEqualTo(4);
  }

  @Example
  void shouldReadARowOfTheFirstVersion() {
    byte[] row =
        HexFormat.of().parseHex("01" + "02" + "0a" + "80d0eab6b733" + "00" + "0101" + "0801");

    Checkpoint checkpoint = Checkpoint.decode(row, 2);

    assertThat(checkpoint.log()).isEqualTo(LogId.UNKNOWN);
    assertThat(checkpoint.offset()).isEqualTo(5);
    assertThat(checkpoint.highestMillis()).isEqualTo(1_767_225_600_000L);
    assertThat(checkpoint.sentTo(1)).isEqualTo(4);
    assertThat(checkpoint.foldedFrom(1)).isEqualTo(-1);
  }

  @Example
  void shouldRefuseStateThatWasBuiltWithAnotherNumberOfPartitions() {
    byte[] row = new Checkpoint(4).encode();

    assertThatThrownBy(() -> Checkpoint.decode(row, 16))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("4 partitions")
        .hasMessageContaining("16");
  }

  @Example
  void shouldRefuseWhatALaterFoldWrote() {
    byte[] row = new Checkpoint(1).encode();
    row[1]++;

    assertThatThrownBy(() -> Checkpoint.decode(row, 1))
        .isInstanceOf(NewerStateException.class)
        .hasMessageContaining("fold 6 in form 6; this is fold 5");
  }

  @Example
  void shouldRefuseALaterForm() {
    byte[] row = new Checkpoint(1).encode();
    row[0]++;

    assertThatThrownBy(() -> Checkpoint.decode(row, 1))
        .isInstanceOf(NewerStateException.class)
        .hasMessageContaining("Start that version again");
  }

  @Example
  void shouldReadARowThatNamesNoFold() {
    byte[] row =
        HexFormat.of()
            .parseHex(
                ("04 02 0401 0a 06 07 80d0eab6b733 a0fbe6b6b733 00 00 c0a6e3b6b733 00 0101 0801")
                    .replace(" ", ""));

    Checkpoint checkpoint = Checkpoint.decode(row, 2);

    assertThat(checkpoint.next()).isEqualTo(6);
    assertThat(checkpoint.sentTo(1)).isEqualTo(4);
    assertThat(checkpoint.zoneData()).isEmpty();
    assertThat(Checkpoint.flushesOf(row)).hasValue(7);
  }
}
