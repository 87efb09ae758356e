package io.countess.event;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * An amount per period, for example {@code 10/s}, {@code 100/m}, {@code 50/h}, {@code 5000/d} or
 * {@code 5/10s}.
 *
 * @param amount 1 to {@link #MAX_AMOUNT}
 * @param period whole seconds, at most {@link #MAX_PERIOD}
 */
public record Rate(long amount, Duration period) {
  /** The highest amount. */
  public static final long MAX_AMOUNT = 999_999_999_999_999_999L;

  /** The longest period. */
  public static final Duration MAX_PERIOD = Duration.ofDays(400);

  private static final Pattern FORM = Pattern.compile("(\\d{1,18})/(\\d{0,8})([smhd])");

  public Rate {
    if (amount < 1 || amount > MAX_AMOUNT) {
      throw new InvalidInputException(
          "rate", "is %d a period; it must be from 1 to %d".formatted(amount, MAX_AMOUNT));
    }
    boolean isWhole = period.toNanosPart() == 0 && period.compareTo(Duration.ZERO) > 0;
    if (!isWhole || period.compareTo(MAX_PERIOD) > 0) {
      throw new InvalidInputException(
          "rate",
          "is per "
              + Durations.show(period)
              + "; its period must be whole seconds, from 1s to "
              + Durations.format(MAX_PERIOD));
    }
  }

  /**
   * Reads a rate.
   *
   * @throws InvalidInputException where {@code text} is no rate
   */
  public static Rate parse(String text) {
    var match = FORM.matcher(text);
    if (!match.matches()) {
      throw new InvalidInputException(
          "rate",
          "is '" + text + "'; it must be a rate such as 10/s, 100/m, 50/h, 5000/d or 5/10s");
    }
    long units = match.group(2).isEmpty() ? 1 : Long.parseLong(match.group(2));
    long period = units * Durations.millis(match.group(3));
    return new Rate(Long.parseLong(match.group(1)), Duration.ofMillis(period));
  }

  @Override
  public String toString() {
    String shown = Durations.format(period);
    return amount + "/" + (shown.matches("1[smhd]") ? shown.substring(1) : shown);
  }
}
