package io.countess.bench;

import java.util.Locale;

/** What a figure is measured in. */
enum Unit {
  PER_SECOND("per s") {
    @Override
    String format(double value) {
      if (value < 10_000) {
        return String.format(Locale.ROOT, "%.0f/s", value);
      }
      return value < 1e6
          ? String.format(Locale.ROOT, "%.0fk/s", value / 1e3)
          : String.format(Locale.ROOT, "%.2fM/s", value / 1e6);
    }
  },
  MILLIS("ms") {
    @Override
    String format(double value) {
      return String.format(Locale.ROOT, "%.2f ms", value);
    }
  },
  MICROS("µs") {
    @Override
    String format(double value) {
      return String.format(Locale.ROOT, "%.2f µs", value);
    }
  },
  SECONDS("s") {
    @Override
    String format(double value) {
      return String.format(Locale.ROOT, "%.2f s", value);
    }
  },
  PERCENT("%") {
    @Override
    String format(double value) {
      return String.format(Locale.ROOT, "%.0f %%", value);
    }
  },
  BYTES("bytes") {
    @Override
    String format(double value) {
      return String.format(Locale.ROOT, "%.0f B", value);
    }
  };

  private final String symbol;

  Unit(String symbol) {
    this.symbol = symbol;
  }

  String symbol() {
    return symbol;
  }

  /** A value as people read it. */
  abstract String format(double value);
}
