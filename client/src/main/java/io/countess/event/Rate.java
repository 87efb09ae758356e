package io.countess.event;

import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An amount per period, for example {@code 10/s}, {@code 100/m}, {@code 50/h} or {@code 5000/d}.
 *
 * @param amount 1 to {@link #MAX_AMOUNT}
 * @param period one second, minute, hour or day
 */
public record Rate(long amount, Duration period) {
  /** The highest amount. */
  public static final long MAX_AMOUNT = 999_999_999_999_999_999L;

  private static final Pattern FORM = Pattern.compile("(\\d{1,18})/([smhd])");
  private static final Set<String> PERIODS = Set.of("1s", "1m", "1h", "1d");

  public Rate {
    if (amount < 1 || amount > MAX_AMOUNT) {
      throw new InvalidInputException(
          "rate", "is %d a period; it must be from 1 to %d".formatted(amount, MAX_AMOUNT));
    }
    if (!PERIODS.contains(Durations.format(period))) {
      throw new InvalidInputException(
          "rate",
          "is per " + Durations.show(period) + "; it must be per second, minute, hour or day");
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
          "rate", "is '" + text + "'; it must be a rate such as 10/s, 100/m, 50/h or 5000/d");
    }
    long period = Durations.millis(match.group(2));
    return new Rate(Long.parseLong(match.group(1)), Duration.ofMillis(period));
  }

  @Override
  public String toString() {
    return amount + "/" + Durations.format(period).substring(1);
  }
}
