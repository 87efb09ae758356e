package io.countess.event;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * An amount per period, for example {@code 10/s}, {@code 100/m}, {@code 50/h} or {@code 5000/d}.
 *
 * @param amount at least 1
 * @param period one second, minute, hour or day
 */
public record Rate(long amount, Duration period) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,18})/([smhd])");

  /** Checks the amount. */
  public Rate {
    if (amount < 1) {
      throw new InvalidInputException("rate", "is " + amount + " a period; it must be at least 1");
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
