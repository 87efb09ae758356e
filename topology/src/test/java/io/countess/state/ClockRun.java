package io.countess.state;

import io.countess.count.VarInput;
import io.countess.count.VarOutput;
import io.countess.event.codec.ClockStamp;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Instances with clocks of their own stamp records of one partition, which moves between them,
 * while somebody sets their clocks in both directions. Everything happens at a real time, which
 * none of them knows.
 */
final class ClockRun {
  static final long START = 1_767_225_600_000L;
  private static final long HOUR = 3_600_000;

  private final SplittableRandom random;
  private final Setting setting;
  private final long[] wallOffset;
  private long realMillis = START;
  private PartitionTime time = new PartitionTime();
  private PartitionClock clock;
  private int holder;
  private long heldSince;

  /** Every record that a server stamped, in the order of the log. */
  final List<Stamped> stamped = new ArrayList<>();

  /**
   * A record.
   *
   * @param clock what it was decided at
   * @param floor and the floor then
   * @param age what had passed for ids
   * @param held since when in a row one instance has held the partition, in real time
   */
  record Stamped(long real, long clock, long floor, long age, long held, boolean byHolder) {}

  /**
   * What may be.
   *
   * @param quiet hours without a record
   * @param producers records that bear their own time
   */
  record Setting(int instances, boolean quiet, boolean producers) {}

  ClockRun(SplittableRandom random, Setting setting) {
    this.random = random;
    this.setting = setting;
    this.wallOffset = new long[setting.instances()];
    for (int i = 0; i < wallOffset.length; i++) {
      wallOffset[i] = random.nextLong(-5000, 5000);
    }
    open();
  }

  private void open() {
    // Each machine counts its steady time from a moment of its own.
    long boot = random.nextLong(1L << 40);
    int machine = holder;
    heldSince = realMillis;
    clock =
        new PartitionClock(
            new TimeSource(
                () -> realMillis + wallOffset[machine], () -> (boot + realMillis) * 1_000_000));
    clock.folded(time);
  }

  void go(int steps) {
    for (int i = 0; i < steps; i++) {
      realMillis += pause();
      step(random.nextInt(100));
    }
  }

  private long pause() {
    int kind = random.nextInt(20);
    if (kind == 0 && setting.quiet()) {
      return random.nextLong(3 * HOUR);
    }
    return kind < 5 ? random.nextLong(1000) : random.nextLong(20);
  }

  private void step(int what) {
    if (what < 3) {
      wallOffset[random.nextInt(wallOffset.length)] += random.nextLong(-4 * HOUR, 4 * HOUR);
    } else if (what < 6) {
      holder = random.nextInt(wallOffset.length);
      time = reread();
      open();
    } else if (what < 10) {
      produce();
    } else if (what < 20) {
      int other = random.nextInt(wallOffset.length);
      fold(realMillis + wallOffset[other], ClockStamp.BY_WALL_CLOCK);
    } else {
      long wall = clock.wallMillis();
      fold(wall, clock.stamp(wall));
    }
  }

  /** Of a clock that is right, but for the minute that brokers allow. */
  private void produce() {
    if (setting.producers()) {
      time.passTo(realMillis + random.nextLong(-HOUR, 60_000));
      clock.folded(time);
    }
  }

  /** As the next holder reads it. */
  private PartitionTime reread() {
    var out = new VarOutput(32);
    time.write(out);
    return PartitionTime.read(new VarInput(out.toBytes()));
  }

  private void fold(long timestamp, ClockStamp stamp) {
    long at = time.passTo(timestamp, stamp);
    clock.folded(time, stamp);
    stamped.add(
        new Stamped(
            realMillis, at, time.floorMillis(), time.ageAt(at), heldSince, stamp.isKnown()));
  }
}
