package io.countess.state;

import io.countess.count.VarInput;
import io.countess.count.VarOutput;
import io.countess.event.codec.ClockStamp;
import java.time.Duration;

/**
 * The time of a partition: a pure function of its log.
 *
 * <p><b>The clock.</b> The record of a producer takes it to a minute before the record's timestamp,
 * since brokers take records up to a minute ahead. The floor goes by that timestamp, too. A record
 * that a server stamped says how far the clock was ahead of the server's wall clock. It takes the
 * clock that far ahead of the timestamp. Anybody can write such a header, so it is believed only as
 * far as the log shows that a wall clock is behind. The log shows that in two ways. A timestamp is
 * behind the clock: that distance is believed, and {@link Checkpoint#LATENESS_MILLIS} more, but
 * never more than {@link #MAX_LEAD_MILLIS}. Or it is behind the highest timestamp, which brokers
 * have compared with their own clocks. A lead that was believed once stays so until a server says
 * less.
 *
 * <p><b>The age.</b> Ids are remembered for a time that has to pass, whatever clocks show. So the
 * time that the clock has skipped is taken off. The holder of the partition says how much the clock
 * was set forward by, and how much passed while nobody watched. Where it says so late the age goes
 * back, but by no more than {@link Checkpoint#LATENESS_MILLIS}. Rows of ids that were dead that
 * long ago are gone.
 */
final class PartitionTime {
  /** Brokers take no record that is older than that, so it can show no more. */
  static final long MAX_LEAD_MILLIS = Duration.ofDays(6).toMillis();

  private long timestampMillis;
  private long clockMillis;
  private long leadMillis;
  private long skippedMillis;
  private long ageFloorMillis;

  /** The latest time that a record showed, of a producer or of the clock. */
  long highestMillis() {
    return Math.max(clockMillis, timestampMillis);
  }

  /** What the clock shows; 0 before the first record. */
  long clockMillis() {
    return clockMillis;
  }

  /** How much of what the clock shows has not passed. */
  long skippedMillis() {
    return skippedMillis;
  }

  /** By how much the clock may be ahead of the wall clock of the server that stamped last. */
  long leadMillis() {
    return leadMillis;
  }

  /** No decision is made at an earlier instant. */
  long floorMillis() {
    return Math.max(0, highestMillis() - Checkpoint.LATENESS_MILLIS);
  }

  /** What was dead at this age may be gone. */
  long ageFloorMillis() {
    return ageFloorMillis;
  }

  /** The age at an instant. */
  long ageAt(long millis) {
    return Math.max(ageFloorMillis, millis - skippedMillis);
  }

  /** Takes note of a record that bears its own time. */
  void passTo(long timestamp) {
    timestampMillis = Math.max(timestampMillis, timestamp);
    clockMillis = Math.max(clockMillis, timestamp - Checkpoint.LATENESS_MILLIS);
    passAge();
  }

  /**
   * Takes note of a record that a server stamped.
   *
   * @return when it happens: never before anything that has happened here
   */
  long passTo(long timestamp, ClockStamp stamp) {
    long before = clockMillis;
    if (stamp.isKnown()) {
      leadMillis = Math.min(stamp.aheadMillis(), Math.max(leadMillis, shown(timestamp)));
      clockMillis = Math.max(clockMillis, timestamp + leadMillis);
    }
    timestampMillis = Math.max(timestampMillis, timestamp);
    clockMillis = Math.max(clockMillis, timestamp);
    if (before > 0) {
      skip(stamp, before);
    }
    passAge();
    return clockMillis;
  }

  /** How far the clock may be ahead of a timestamp, as the log shows it. */
  private long shown(long timestamp) {
    if (timestamp >= clockMillis) {
      return 0;
    }
    long behind = clockMillis - timestamp + Checkpoint.LATENESS_MILLIS;
    return Math.max(Math.min(behind, MAX_LEAD_MILLIS), timestampMillis - timestamp);
  }

  /**
   * A server that does not hold the partition can't tell a step of its clock from a quiet hour. So
   * nothing has passed until the holder says what did.
   */
  private void skip(ClockStamp stamp, long before) {
    long unsaid = skippedMillis + clockMillis - before;
    long skipped = stamp.isKnown() ? stamp.skippedMillis() : unsaid;
    skippedMillis = Math.min(skipped, clockMillis - ageFloorMillis);
  }

  private void passAge() {
    long age = clockMillis - skippedMillis;
    ageFloorMillis = Math.max(ageFloorMillis, age - Checkpoint.LATENESS_MILLIS);
  }

  void write(VarOutput out) {
    out.write(timestampMillis).write(clockMillis).write(leadMillis);
    out.write(skippedMillis).write(ageFloorMillis);
  }

  static PartitionTime read(VarInput in) {
    var time = new PartitionTime();
    time.timestampMillis = in.read();
    time.clockMillis = in.read();
    time.leadMillis = in.read();
    time.skippedMillis = in.read();
    time.ageFloorMillis = in.read();
    return time;
  }

  /** Of state whose form knew the highest timestamp only. */
  static PartitionTime of(long highestMillis) {
    var time = new PartitionTime();
    time.passTo(highestMillis);
    return time;
  }
}
