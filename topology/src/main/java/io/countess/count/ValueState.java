package io.countess.count;

import io.countess.event.Amount;
import io.countess.event.Decision.GaugeValue;
import io.countess.event.Held;
import io.countess.event.HeldNumber;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The number that a counter of the kind value holds.
 *
 * @param atMillis the instant of the last decision that changed this
 * @param number as {@link HeldNumber} has it
 * @param endMillis the first instant at which it is gone, later than {@code atMillis}; or {@link
 *     #NEVER}
 * @param sinceMillis when it came to be: what was put to an earlier one is not in it
 */
public record ValueState(long atMillis, BigDecimal number, long endMillis, long sinceMillis)
    implements State {
  /** Of the byte that the number of digits behind the point stands in, too. */
  private static final int ENDS = 0x40;

  private static final int IS_LONG = 0x20;
  private static final int DIGITS = 0x1f;

  /** What it holds at an instant. */
  @Override
  public Optional<Held> heldAt(long millis) {
    return millis < endMillis ? Optional.of(held()) : Optional.empty();
  }

  Held held() {
    return new Held(number, endMillis == NEVER ? OptionalLong.empty() : OptionalLong.of(endMillis));
  }

  /** The whole number that is nearest, as far as 64 bits can say it. */
  @Override
  public long countAt(long millis) {
    if (millis >= endMillis) {
      return 0;
    }
    return HeldNumber.isWhole(number)
        ? number.longValue()
        : GaugeValue.nearest(number.doubleValue());
  }

  @Override
  public long deadAtMillis() {
    return endMillis;
  }

  @Override
  public long lastEndMillis() {
    return endMillis;
  }

  @Override
  public void forEachEnd(EndVisitor visitor) {
    // Some numbers are set, some counted, and some have fractions: they have no sum.
  }

  @Override
  public Added added(Amount n, long endMillis) {
    return new Added.ToValue(n.whole(), sinceMillis);
  }

  /** Where it is no whole number of 64 bits. */
  @Override
  public OptionalDouble real() {
    return HeldNumber.isWhole(number)
        ? OptionalDouble.empty()
        : OptionalDouble.of(number.doubleValue());
  }

  @Override
  public StateForm form() {
    return StateForm.VALUE;
  }

  @Override
  public void write(VarOutput out) {
    boolean isLong = number.unscaledValue().bitLength() < Long.SIZE;
    boolean ends = endMillis != NEVER;
    out.writeByte(number.scale() | (isLong ? IS_LONG : 0) | (ends ? ENDS : 0));
    if (isLong) {
      out.writeSigned(number.unscaledValue().longValue());
    } else {
      out.write(number.unscaledValue().toByteArray());
    }
    out.write(atMillis - sinceMillis);
    if (ends) {
      out.write(endMillis - atMillis);
    }
  }

  static State read(long atMillis, VarInput in) {
    int form = in.readByte();
    var digits =
        (form & IS_LONG) != 0
            ? BigInteger.valueOf(in.readSigned())
            : new BigInteger(in.readBlock());
    long since = atMillis - in.read();
    long end = (form & ENDS) != 0 ? atMillis + in.read() : NEVER;
    return new ValueState(atMillis, new BigDecimal(digits, form & DIGITS), end, since);
  }
}
