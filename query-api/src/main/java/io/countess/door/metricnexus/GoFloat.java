package io.countess.door.metricnexus;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Numbers as Go reads ({@code strconv.ParseFloat}) and shows them ({@code %v} of a float64). */
final class GoFloat {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?+(?:\\d++\\.?+\\d*+|\\.\\d++)(?:[eE][+-]?+\\d++)?+");
  private static final Pattern HEX =
      Pattern.compile(
          "[+-]?+0[xX](?:\\p{XDigit}++\\.?+\\p{XDigit}*+|\\.\\p{XDigit}++)[pP][+-]?+\\d++");
  private static final Pattern INFINITE = Pattern.compile("(?i)[+-]?+inf(?:inity)?+");
  private static final Pattern NAN = Pattern.compile("(?i)nan");
  private static final Pattern HEX_PREFIX = Pattern.compile("(?i)[+-]?+0x");
  private static final Pattern UNDERSCORE = Pattern.compile("(?<=\\d)_(?=\\d)");
  private static final Pattern HEX_UNDERSCORE =
      Pattern.compile("(?<=[xX\\p{XDigit}])_(?=\\p{XDigit})");

  /** As many digits as tell every double from the others. */
  private static final int MOST_DIGITS = 17;

  /** Whole numbers below this need no search for their digits. */
  private static final double PLAIN_BELOW = 1e15;

  private static final int LEAST_PLAIN = -4;
  private static final int LEAST_LARGE = 6;

  private GoFloat() {}

  /** The number that the text is; infinite where it is too large; empty where it is none. */
  static OptionalDouble parse(String text) {
    if (INFINITE.matcher(text).matches()) {
      return OptionalDouble.of(
          text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    } else if (NAN.matcher(text).matches()) {
      return OptionalDouble.of(Double.NaN);
    }
    String digits = text.indexOf('_') < 0 ? text : withoutUnderscores(text);
    return DECIMAL.matcher(digits).matches() || HEX.matcher(digits).matches()
        ? OptionalDouble.of(Double.parseDouble(digits))
        : OptionalDouble.empty();
  }

  /** Without those that stand between digits; others are left, so that it is no number. */
  private static String withoutUnderscores(String text) {
    boolean isHex = HEX_PREFIX.matcher(text).lookingAt();
    return (isHex ? HEX_UNDERSCORE : UNDERSCORE).matcher(text).replaceAll("");
  }

  /** The fewest digits that tell the number; with an exponent from 1e6 on and below 1e-4. */
  static String format(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    } else if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    } else if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    String sign = value < 0 ? "-" : "";
    BigDecimal shortest = shortest(Math.abs(value)).stripTrailingZeros();
    String digits = shortest.unscaledValue().toString();
    int exponent = digits.length() - shortest.scale() - 1;
    boolean isPlain = exponent >= LEAST_PLAIN && exponent < LEAST_LARGE;
    return sign + (isPlain ? shortest.toPlainString() : scientific(digits, exponent));
  }

  private static String scientific(String digits, int exponent) {
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    return "%s%se%s%02d"
        .formatted(digits.charAt(0), fraction, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  /** {@link Double#toString} has a digit too many for some numbers before Java 19. */
  private static BigDecimal shortest(double value) {
    if (value < PLAIN_BELOW && value == Math.rint(value)) {
      return BigDecimal.valueOf((long) value);
    }
    var exact = new BigDecimal(value);
    for (int digits = 1; digits < MOST_DIGITS; digits++) {
      BigDecimal near = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (near.doubleValue() == value) {
        return near;
      }
      // Below a power of two doubles are denser: there the farther neighbour can be the number.
      boolean isAbove = near.compareTo(exact) > 0;
      BigDecimal far =
          exact.round(new MathContext(digits, isAbove ? RoundingMode.DOWN : RoundingMode.UP));
      if (far.doubleValue() == value) {
        return far;
      }
    }
    return exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN));
  }
}
