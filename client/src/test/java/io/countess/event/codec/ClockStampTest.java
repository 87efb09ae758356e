package io.countess.event.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** What servers say of a partition's clock, and what others may write in its place. */
class ClockStampTest {
  @Property
  void shouldReadBackWhatItWrote(
      @ForAll @LongRange(min = 0) long ahead, @ForAll @LongRange(min = 0) long skipped) {
    var stamp = new ClockStamp(ahead, skipped);

    assertThat(ClockStamp.decode(stamp.encode())).hasValue(stamp);
  }

  @Example
  void shouldTakeFewBytesWhereTheClocksAreRight() {
    assertThat(new ClockStamp(0, 0).encode()).containsExactly(1, 0, 0);
    assertThat(new ClockStamp(1, 300).encode()).containsExactly(1, 1, 0xac, 2);
    assertThat(ClockStamp.BY_WALL_CLOCK.encode()).containsExactly(1);
    assertThat(ClockStamp.decode(new byte[] {1})).hasValue(ClockStamp.BY_WALL_CLOCK);
  }

  @Property
  void shouldTakeWhateverBytesSomebodyWrites(@ForAll @Size(max = 30) byte[] value) {
    ClockStamp.decode(value)
        .ifPresent(
            stamp -> {
              assertThat(stamp.aheadMillis()).isNotNegative();
              assertThat(stamp.skippedMillis()).isGreaterThanOrEqualTo(ClockStamp.UNKNOWN);
            });
  }

  @Example
  void shouldReadNothingThatNoServerWrote() {
    byte[] whole = new ClockStamp(Long.MAX_VALUE, Long.MAX_VALUE).encode();
    assertThat(ClockStamp.decode(null)).isEmpty();
    assertThat(ClockStamp.decode(new byte[0])).isEmpty();
    assertThat(ClockStamp.decode(new byte[] {2, 0, 0})).as("a later version").isEmpty();
    assertThat(ClockStamp.decode(new byte[] {1, 0})).isEmpty();
    assertThat(ClockStamp.decode(new byte[] {1, 0, 0, 0})).isEmpty();
    assertThat(ClockStamp.decode(Arrays.copyOf(whole, whole.length - 1))).isEmpty();
    byte[] tooLong = new byte[12];
    Arrays.fill(tooLong, (byte) 0x80);
    tooLong[0] = 1;
    assertThat(ClockStamp.decode(tooLong)).isEmpty();
  }
}
