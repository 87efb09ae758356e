package io.countess.cli.load;

import io.countess.cli.console.Printable;
import java.util.Locale;

/** How far a load is, in a line. */
final class ProgressLine {
  private static final int BAR_WIDTH = 20;
  private static final int MAX_NAME = 24;

  private ProgressLine() {}

  /**
   * The line.
   *
   * @param seconds since the start
   * @param done 0 to 1, or less than 0 where that is not known
   */
  static String of(String name, long lines, double seconds, double done) {
    double rate = seconds > 0 ? lines / seconds : 0;
    String shown =
        "%s  %s lines  %s/s".formatted(shortened(name), number((double) lines), number(rate));
    if (done < 0) {
      return shown + "  " + clock(seconds);
    }
    String eta = done > 0 ? clock(seconds / done - seconds) : "?";
    return "%s  %s %3.0f%%  ETA %s".formatted(shown, bar(done), Math.floor(done * 100), eta);
  }

  /** For example {@code 950}, {@code 12.3k} or {@code 4.5M}. */
  static String number(double value) {
    if (value < 1000) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    return value < 1e6
        ? String.format(Locale.ROOT, "%.1fk", value / 1e3)
        : String.format(Locale.ROOT, "%.1fM", value / 1e6);
  }

  /** For example {@code 0:07} or {@code 1:02:03}. */
  static String clock(double seconds) {
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }

  private static String bar(double done) {
    int full = (int) (done * BAR_WIDTH);
    return "[" + "#".repeat(full) + "-".repeat(BAR_WIDTH - full) + "]";
  }

  private static String shortened(String name) {
    String shown = Printable.of(name);
    return shown.length() <= MAX_NAME
        ? shown
        : "…" + shown.substring(shown.length() - MAX_NAME + 1);
  }
}
