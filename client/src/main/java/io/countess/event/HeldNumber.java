package io.countess.event;

import java.math.BigDecimal;

/**
 * The numbers that counters of the kind {@code value} hold: decimal, with at most {@link
 * #MOST_BEFORE} digits before the point and {@link #MOST_BEHIND} behind it, and no zeros at the
 * end. So their sums are exact.
 */
public final class HeldNumber {
  /** The most digits before the point. */
  public static final int MOST_BEFORE = 21;

  /** The most digits behind the point. */
  public static final int MOST_BEHIND = 17;

  private HeldNumber() {}

  /** Whether a number has no more digits before the point than may be. */
  public static boolean fits(BigDecimal number) {
    return number.signum() == 0 || (long) number.precision() - number.scale() <= MOST_BEFORE;
  }

  /** Whether one that is held, or added, is a whole number of 64 bits. */
  public static boolean isWhole(BigDecimal number) {
    return number.scale() == 0
        && (number.precision() < 19 || number.unscaledValue().bitLength() < Long.SIZE);
  }

  /**
   * The number as it is held.
   *
   * @param field the name of the field, for the message
   * @throws InvalidInputException where it has too many digits
   */
  public static BigDecimal require(String field, BigDecimal number) {
    if (number.scale() == 0 && number.precision() <= MOST_BEFORE) {
      return number;
    }
    BigDecimal stripped = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    if (!fits(stripped) || stripped.scale() > MOST_BEHIND) {
      throw new InvalidInputException(
          field,
          "has %d digits before the point and %d behind it; there may be %d and %d"
              .formatted(
                  Math.max(0, (long) stripped.precision() - stripped.scale()),
                  Math.max(0, stripped.scale()),
                  MOST_BEFORE,
                  MOST_BEHIND));
    }
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /**
   * An amount to add. One that is written with a point, or has more than 64 bits, keeps a digit
   * behind the point: it is added as a real number, also where it has no fraction.
   */
  static BigDecimal requireAmount(String field, BigDecimal number) {
    BigDecimal held = require(field, number);
    boolean isReal = number.scale() > 0 || !isWhole(held);
    return isReal && held.scale() == 0 ? held.setScale(1) : held;
  }
}
