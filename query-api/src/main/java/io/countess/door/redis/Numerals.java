package io.countess.door.redis;

import io.countess.event.ByteString;
import io.countess.event.Held;
import io.countess.event.HeldNumber;
import io.countess.event.InvalidInputException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers as clients write them, and as they are shown to them. */
final class Numerals {
  /** What may be set: what is the same number for everyone who reads it. */
  private static final Pattern PLAIN =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d{1,4})?");

  /** What may be added, as C reads it. */
  private static final Pattern FLOAT =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?");

  private static final int MOST_CHARS = 256;

  private Numerals() {}

  /** A value that can be held as it is; empty where it is no number, or has too many digits. */
  static Optional<BigDecimal> held(ByteString text) {
    try {
      return number(text, PLAIN).map(number -> HeldNumber.require("value", number));
    } catch (InvalidInputException tooManyDigits) {
      return Optional.empty();
    }
  }

  /** An amount or a bound, rounded to the digits that are held; empty where it is no number. */
  static Optional<BigDecimal> real(ByteString text) {
    return number(text, FLOAT).map(Numerals::rounded);
  }

  private static Optional<BigDecimal> number(ByteString bytes, Pattern pattern) {
    String text = bytes.size() <= MOST_CHARS ? Args.text(bytes) : "";
    return pattern.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
  }

  /** With a digit behind the point, so that it is added to fractions too. */
  private static BigDecimal rounded(BigDecimal number) {
    BigDecimal within =
        number.scale() > HeldNumber.MOST_BEHIND
            ? number.setScale(HeldNumber.MOST_BEHIND, RoundingMode.HALF_EVEN)
            : number;
    return within.scale() < 1 && HeldNumber.fits(within) ? within.setScale(1) : within;
  }

  static Reply shown(BigDecimal number) {
    return Reply.bulk(text(number));
  }

  static String text(BigDecimal number) {
    BigDecimal stripped = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    return stripped.toPlainString();
  }

  /** What is held, or that it is nothing. */
  static Reply shown(Optional<Held> held) {
    return held.map(it -> shown(it.number())).orElse(Reply.Nil.STRING);
  }
}
