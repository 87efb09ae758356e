package io.countess.count;

import io.countess.event.Rate;
import java.math.BigInteger;

/**
 * How a leaky bucket drains, in whole numbers. Its level is kept in units of 1/{@code unitsPerOne},
 * of which {@code unitsPerMilli} drain in a millisecond. For example, 10/s is 100 units per one and
 * 1 unit per millisecond. So nothing is ever rounded.
 *
 * @param unitsPerMilli at least 1
 * @param unitsPerOne at least 1
 */
public record Drain(long unitsPerMilli, long unitsPerOne) {
  static Drain of(Rate rate) {
    long periodMillis = rate.period().toMillis();
    long divisor = gcd(rate.amount(), periodMillis);
    return new Drain(rate.amount() / divisor, periodMillis / divisor);
  }

  void write(VarOutput out) {
    out.write(unitsPerMilli).write(unitsPerOne);
  }

  static Drain read(VarInput in) {
    return new Drain(in.read(), in.read());
  }

  /** What is left of {@code level} after {@code millis}. */
  long after(long level, long millis) {
    return millis > level / unitsPerMilli ? 0 : level - unitsPerMilli * millis;
  }

  /** How many whole milliseconds {@code units} take to drain, rounded up. */
  long millisFor(long units) {
    return ceilDiv(units, unitsPerMilli);
  }

  /** A level in ones, rounded up. */
  long ones(long level) {
    return ceilDiv(level, unitsPerOne);
  }

  /**
   * {@code level} of {@code other} in the units of this one, rounded up, at most the largest long.
   */
  long convert(long level, Drain other) {
    if (other.unitsPerOne == unitsPerOne) {
      return level;
    }
    BigInteger[] units =
        BigInteger.valueOf(level)
            .multiply(BigInteger.valueOf(unitsPerOne))
            .divideAndRemainder(BigInteger.valueOf(other.unitsPerOne));
    BigInteger up = units[1].signum() == 0 ? units[0] : units[0].add(BigInteger.ONE);
    return up.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
  }

  /** The same, rounded down. */
  long convertDown(long level, Drain other) {
    if (other.unitsPerOne == unitsPerOne) {
      return level;
    }
    return BigInteger.valueOf(level)
        .multiply(BigInteger.valueOf(unitsPerOne))
        .divide(BigInteger.valueOf(other.unitsPerOne))
        .min(BigInteger.valueOf(Long.MAX_VALUE))
        .longValueExact();
  }

  /** Whether more ones drain in the same time. */
  boolean isFasterThan(Drain other) {
    var own = BigInteger.valueOf(unitsPerMilli).multiply(BigInteger.valueOf(other.unitsPerOne));
    var its = BigInteger.valueOf(other.unitsPerMilli).multiply(BigInteger.valueOf(unitsPerOne));
    return own.compareTo(its) > 0;
  }

  private static long ceilDiv(long dividend, long divisor) {
    return dividend / divisor + (dividend % divisor == 0 ? 0 : 1);
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
