package io.countess.door.tenants;

import io.countess.event.InvalidInputException;
import io.countess.event.Policy;
import io.countess.event.Rate;
import io.countess.event.Terms;
import java.util.OptionalLong;

/**
 * How many requests one caller may send: so many at once, which drain by and by.
 *
 * @param rate of requests that write
 */
public record RequestLimit(Rate rate) {
  /** As many reads for one write. */
  private static final long READS = 3;

  /** Counter-api's own: ten writes a minute. */
  public static final RequestLimit DEFAULT = new RequestLimit(Rate.parse("10/m"));

  /**
   * Reads one.
   *
   * @throws InvalidInputException where the text is no rate
   */
  public static RequestLimit parse(String text) {
    try {
      return new RequestLimit(Rate.parse(text));
    } catch (InvalidInputException broken) {
      throw new InvalidInputException("tenants-limit", broken.rule());
    }
  }

  /** Checks that the limit of reads is a rate, too. */
  public RequestLimit {
    if (rate.amount() > Rate.MAX_AMOUNT / READS) {
      throw new InvalidInputException(
          "tenants-limit", "is " + rate + "; it must be at most " + Rate.MAX_AMOUNT / READS);
    }
  }

  /** How many of a kind fit. */
  long most(boolean isRead) {
    return isRead ? rate.amount() * READS : rate.amount();
  }

  Policy writes() {
    return bucket(rate);
  }

  Policy reads() {
    return bucket(new Rate(rate.amount() * READS, rate.period()));
  }

  private static Policy bucket(Rate drain) {
    return new Policy.Leaky(drain, OptionalLong.of(drain.amount()), Terms.DEFAULT);
  }
}
