package io.countess.event;

import java.math.BigDecimal;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Numbers as people and JSON write them: {@code 5}, {@code -0.5}, {@code 1e3}. */
public final class Numbers {
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+");
  private static final Pattern REAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private Numbers() {}

  /**
   * A whole number where it is written as one and fits into 64 bits, else a real one, which may be
   * infinite.
   *
   * @param field the name of the field, for the message
   * @throws InvalidInputException where {@code text} is no number
   */
  public static Amount parse(String field, String text) {
    if (WHOLE.matcher(text).matches()) {
      try {
        return Amount.of(Long.parseLong(text));
      } catch (NumberFormatException tooLarge) {
        return Amount.of(Double.parseDouble(text));
      }
    }
    if (!REAL.matcher(text).matches()) {
      throw new InvalidInputException(field, "is '" + text + "'; it must be a number");
    }
    return Amount.of(Double.parseDouble(text));
  }

  /**
   * A whole number of 64 bits in ASCII, which {@link Long#parseLong} does not ask for: it takes the
   * digits of every script. Empty where the text is none.
   */
  public static OptionalLong whole(String text) {
    try {
      return WHOLE.matcher(text).matches()
          ? OptionalLong.of(Long.parseLong(text))
          : OptionalLong.empty();
    } catch (NumberFormatException tooLarge) {
      return OptionalLong.empty();
    }
  }

  /** The same of 32 bits. */
  public static OptionalInt wholeOf32(String text) {
    OptionalLong number = whole(text);
    boolean fits = number.isPresent() && number.getAsLong() == (int) number.getAsLong();
    return fits ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
  }

  /**
   * The number that is written, to its last digit.
   *
   * @param field the name of the field, for the message
   * @throws InvalidInputException where {@code text} is no number
   */
  public static BigDecimal parseExact(String field, String text) {
    if (!REAL.matcher(text).matches()) {
      throw new InvalidInputException(field, "is '" + text + "'; it must be a number");
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException tooLarge) {
      throw new InvalidInputException(field, "is '" + text + "', which has too large an exponent");
    }
  }
}
