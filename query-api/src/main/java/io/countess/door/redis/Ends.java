package io.countess.door.redis;

import io.countess.event.Instants;
import io.countess.event.Write;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** When keys end, as options and commands say it. */
enum Ends {
  /** So many seconds from now. */
  EX(1000, true),
  /** So many milliseconds from now. */
  PX(1, true),
  /** So many seconds since the epoch. */
  EXAT(1000, false),
  /** So many milliseconds since the epoch. */
  PXAT(1, false);

  private static final Map<String, Ends> BY_WORD =
      Map.of("ex", EX, "px", PX, "exat", EXAT, "pxat", PXAT);

  private final long unitMillis;
  private final boolean isRelative;

  Ends(long unitMillis, boolean isRelative) {
    this.unitMillis = unitMillis;
    this.isRelative = isRelative;
  }

  /** The option of that name, in lower case. */
  static Optional<Ends> of(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }

  /** An option that gives an end, or what is wrong with it: then the end is null. */
  record Given(Write.End end, Told wrong) {}

  /** What an option says that has to be above 0. */
  Given option(Args args, int index, String command) {
    OptionalLong number = args.whole(index);
    if (number.isEmpty()) {
      return new Given(null, Refusals.NO_WHOLE);
    }
    return number.getAsLong() <= 0
        ? new Given(null, invalid(command))
        : end(number.getAsLong(), command);
  }

  /** What a command says; an end that has passed is one that is long ago. */
  Given end(long number, String command) {
    if (number > Long.MAX_VALUE / unitMillis || number < Long.MIN_VALUE / unitMillis) {
      return new Given(null, invalid(command));
    }
    long millis = number * unitMillis;
    if (isRelative && millis > Long.MAX_VALUE - System.currentTimeMillis()) {
      return new Given(null, invalid(command));
    }
    return new Given(end(millis), null);
  }

  private Write.End end(long millis) {
    if (isRelative && millis > 0) {
      return new Write.After(Duration.ofMillis(millis));
    }
    return new Write.At(isRelative ? 0 : Math.max(0, Math.min(millis, Instants.LAST_MILLIS)));
  }

  private static Told invalid(String command) {
    return Told.invalid(
        "ERR invalid expire time in '%s' command".formatted(command.toLowerCase(Locale.ROOT)));
  }
}
