package io.countess.cli.load;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.ParsePosition;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A number of seconds or milliseconds since 1970; it may have a fraction, and an exponent as some
 * JSON has it.
 *
 * @param digits how many digits of a fraction are milliseconds
 */
record EpochStamp(int digits) implements TimeFormat.Stamp {
  private static final Pattern STAMP =
      Pattern.compile("\\d{1,20}(?:\\.\\d{1,20})?(?:[eE]\\+?\\d{1,2})?(?![\\d.])");

  @Override
  public Optional<Instant> read(String text, ParsePosition at) {
    var found = STAMP.matcher(text).region(at.getIndex(), text.length());
    if (!found.lookingAt()) {
      return Optional.empty();
    }
    at.setIndex(found.end());
    var millis = new BigDecimal(found.group()).movePointRight(digits);
    return Optional.of(
        Instant.ofEpochMilli(millis.setScale(0, RoundingMode.FLOOR).longValueExact()));
  }
}
