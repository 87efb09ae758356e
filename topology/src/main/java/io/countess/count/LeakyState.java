package io.countess.count;

import io.countess.event.Amount;

/**
 * A leaky bucket.
 *
 * <p>Water drains first in, first out. A release leaves a gap. Water that was poured in later is
 * nearer to the outlet by that much than when it came. A later release of that water has to know,
 * so gaps are kept until the water that was taken out would have drained too. Where they are is not
 * kept: they count as being before everything else.
 *
 * @param atMillis the instant of the last decision that changed this
 * @param level at that instant, in the units of {@code drain}
 * @param drain how it drains from then on
 * @param gaps what releases took out and would be in the bucket without them, in the same units;
 *     the sum with {@code level} is a long
 */
public record LeakyState(long atMillis, long level, Drain drain, long gaps) implements State {
  /** A bucket without gaps. */
  public LeakyState(long atMillis, long level, Drain drain) {
    this(atMillis, level, drain, 0);
  }

  @Override
  public long countAt(long millis) {
    return drain.ones(levelAt(millis));
  }

  @Override
  public long deadAtMillis() {
    return after(drain.millisFor(level + gaps));
  }

  @Override
  public long freeAtMillis() {
    return after(drain.millisFor(level));
  }

  @Override
  public long lastEndMillis() {
    return NEVER;
  }

  @Override
  public void forEachEnd(EndVisitor visitor) {
    // Levels drain at every instant, so they have no sum by ends.
  }

  @Override
  public Added added(Amount n, long endMillis) {
    long amount = n.whole() * drain.unitsPerOne();
    return new Added.Poured(atMillis, level - amount + gaps, amount, drain);
  }

  @Override
  public StateForm form() {
    return gaps == 0 ? StateForm.LEAKY : StateForm.LEAKY_WITH_GAPS;
  }

  @Override
  public void write(VarOutput out) {
    out.write(level);
    drain.write(out);
    if (gaps != 0) {
      out.write(gaps);
    }
  }

  static State read(long atMillis, VarInput in) {
    return new LeakyState(atMillis, in.read(), Drain.read(in));
  }

  static State readWithGaps(long atMillis, VarInput in) {
    return new LeakyState(atMillis, in.read(), Drain.read(in), in.read());
  }

  long levelAt(long millis) {
    return drain.after(level, Math.max(0, millis - atMillis));
  }

  long gapsAt(long millis) {
    return gaps == 0
        ? 0
        : Math.min(gaps, drain.after(level + gaps, Math.max(0, millis - atMillis)));
  }

  /** The bucket at an instant, in the units of another drain, which it has from then on. */
  LeakyState at(long instant, Drain other) {
    long newLevel = other.convert(levelAt(instant), drain);
    long newGaps = gaps == 0 ? 0 : other.convert(gapsAt(instant), drain);
    return new LeakyState(instant, newLevel, other, Math.min(newGaps, Long.MAX_VALUE - newLevel));
  }

  /** This bucket after {@code units} more have been poured in. */
  LeakyState plus(long units) {
    long newLevel = level + units;
    return new LeakyState(atMillis, newLevel, drain, Math.min(gaps, Long.MAX_VALUE - newLevel));
  }

  /** This bucket after {@code units} have been taken out. */
  LeakyState minus(long units) {
    return new LeakyState(atMillis, level - units, drain, gaps + units);
  }

  private long after(long millis) {
    return millis < NEVER - atMillis ? atMillis + millis : NEVER;
  }
}
