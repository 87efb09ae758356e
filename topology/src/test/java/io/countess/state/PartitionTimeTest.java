package io.countess.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.codec.ClockStamp;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The clock of a partition, whatever happens to the clocks of those who stamp its records. */
class PartitionTimeTest {
  private static final long START = ClockRun.START;
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long YEAR = 365 * DAY;

  private final PartitionTime time = new PartitionTime();

  @Property(tries = 300)
  void shouldNeverRunBackwardsForWhatServersStamp(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int instances) {
    long before = 0;
    for (var record : run(seed, new ClockRun.Setting(instances, true, true))) {
      assertThat(record.clock()).isGreaterThanOrEqualTo(before);
      assertThat(record.floor()).as("so nothing is late").isLessThanOrEqualTo(record.clock());
      before = record.clock();
    }
  }

  /**
   * What one holder has stamped is at least as long past by the clock as it is in truth: waits are
   * true.
   */
  @Property(tries = 300)
  void shouldPassAsTimeDoes(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int instances) {
    ClockRun.Stamped since = null;
    for (var record : run(seed, new ClockRun.Setting(instances, false, true))) {
      if (since == null || since.held() != record.held()) {
        since = record.byHolder() ? record : null;
      } else if (record.byHolder()) {
        assertThat(record.clock() - since.clock())
            .isGreaterThanOrEqualTo(record.real() - since.real() - 2);
      }
    }
  }

  @Property(tries = 300)
  void shouldLetNoIdAgeFasterThanTimePasses(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int instances) {
    var stamped = run(seed, new ClockRun.Setting(instances, true, false));
    for (int i = 0; i < stamped.size(); i += 7) {
      var accepted = stamped.get(i);
      for (var later : stamped.subList(i, stamped.size())) {
        if (accepted.byHolder() && later.byHolder()) {
          assertThat(later.age() - accepted.age())
              .isLessThanOrEqualTo(later.real() - accepted.real() + 2);
        }
      }
    }
  }

  private static List<ClockRun.Stamped> run(long seed, ClockRun.Setting setting) {
    var run = new ClockRun(new SplittableRandom(seed), setting);
    run.go(400);
    return run.stamped;
  }

  @Example
  void shouldGoOnFromTheHighestTimeWhileTheWallClockIsBehind() {
    stamp(START, 0);

    assertThat(stamp(START - HOUR, HOUR + 5)).isEqualTo(START + 5);
    assertThat(stamp(START - HOUR + 995, HOUR + 5)).isEqualTo(START + 1000);
    assertThat(stamp(START - 10, HOUR + 5)).isEqualTo(START - 10 + HOUR + 5);
  }

  @Example
  void shouldGoOnThoughTheWallClockGoesBackOnceMore() {
    stamp(START, 0);
    stamp(START - DAY, DAY);
    stamp(START, DAY);

    assertThat(stamp(START - HOUR, DAY + HOUR)).isEqualTo(START + DAY);
    assertThat(stamp(START, DAY + HOUR)).isEqualTo(START + DAY + HOUR);
  }

  @Example
  void shouldGoOnWhereTheWallClockIsYearsBehind() {
    stamp(START, 0);

    assertThat(stamp(START - 10 * YEAR, 10 * YEAR + 7)).isEqualTo(START);
    assertThat(stamp(START - 10 * YEAR + 7, 10 * YEAR)).isEqualTo(START + 7);
  }

  @Example
  void shouldBeTheWallClockAgainOnceThatIsRight() {
    stamp(START, 0);
    stamp(START - HOUR, HOUR);

    assertThat(stamp(START + 5, 0)).isEqualTo(START + 5);
    assertThat(time.leadMillis()).isZero();
  }

  /** Brokers take no timestamp more than a minute ahead of their clock: here {@code START}. */
  @Example
  void shouldNotBelieveAHeaderThatTheLogDoesNotBearOut() {
    stamp(START, 0);

    assertThat(stamp(START, YEAR)).isEqualTo(START);
    assertThat(stamp(START + MINUTE, YEAR)).isEqualTo(START + MINUTE);
    assertThat(stamp(START, Long.MAX_VALUE)).isLessThanOrEqualTo(START + 2 * MINUTE);
  }

  @Property(tries = 300)
  void shouldBeTakenAheadByNobodyMoreThanSixDays(@ForAll long seed) {
    var random = new SplittableRandom(seed);
    stamp(START, 0);
    for (int i = 0; i < 300; i++) {
      long timestamp = random.nextBoolean() ? START : START - random.nextLong(6 * DAY);
      stamp(timestamp + random.nextLong(MINUTE), random.nextLong() >>> 1);
    }
    assertThat(time.clockMillis()).isLessThanOrEqualTo(START + 2 * MINUTE + 6 * DAY);
  }

  /** Whatever is forged: rows of ids that may be asked for are not removed. */
  @Property(tries = 300)
  void shouldNeverAskForAnAgeWhoseRowsMayBeGone(@ForAll long seed) {
    var random = new SplittableRandom(seed);
    long floor = 0;
    for (int i = 0; i < 300; i++) {
      long timestamp = START + random.nextLong(-6 * DAY, DAY);
      if (random.nextInt(3) == 0) {
        time.passTo(timestamp);
      } else {
        stamp(timestamp, random.nextLong(DAY), random.nextLong() >>> random.nextInt(1, 64));
      }
      assertThat(time.ageFloorMillis()).isGreaterThanOrEqualTo(floor);
      assertThat(time.ageAt(time.floorMillis())).isGreaterThanOrEqualTo(time.ageFloorMillis());
      assertThat(time.skippedMillis()).isNotNegative();
      floor = time.ageFloorMillis();
    }
  }

  @Example
  void shouldNotCountAsAgeWhatTheClockWasSetForwardBy() {
    stamp(START, 0);
    long before = time.ageAt(START);

    stamp(START + HOUR, 0, HOUR - 10);

    assertThat(time.ageAt(time.clockMillis()) - before).isEqualTo(10);
  }

  @Example
  void shouldNotTakeAStepFromOneWhoDoesNotHoldThePartition() {
    stamp(START, 0);
    long before = time.ageAt(START);

    time.passTo(START + HOUR, ClockStamp.BY_WALL_CLOCK);
    assertThat(time.clockMillis()).isEqualTo(START + HOUR);
    assertThat(time.ageAt(START + HOUR)).isEqualTo(before);

    stamp(START + HOUR, 0, 0);
    assertThat(time.ageAt(START + HOUR) - before).as("it was a quiet hour").isEqualTo(HOUR);
  }

  private long stamp(long timestamp, long ahead) {
    return stamp(timestamp, ahead, 0);
  }

  private long stamp(long timestamp, long ahead, long skipped) {
    return time.passTo(timestamp, new ClockStamp(ahead, skipped));
  }
}
