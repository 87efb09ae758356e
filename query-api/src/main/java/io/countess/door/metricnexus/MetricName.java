package io.countess.door.metricnexus;

import java.util.Locale;
import java.util.regex.Pattern;

/** How what stands in a path becomes the name of a metric. */
final class MetricName {
  private static final Pattern SEPARATORS = Pattern.compile("[- ]");
  private static final Pattern OTHERS = Pattern.compile("[^a-z0-9_]");
  private static final Pattern VALID = Pattern.compile("[a-z_][a-z0-9_]*");

  /** Where Prometheus reads, so no metric can be read there. */
  static final String RESERVED = "__metrics";

  private MetricName() {}

  /** The name, of any text: percent signs stand for themselves, so they are dropped, too. */
  static String of(String text) {
    String separated = SEPARATORS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("_");
    return OTHERS.matcher(separated).replaceAll("");
  }

  /** Whether Prometheus takes such a name, and GET can read it. */
  static boolean isValid(String name) {
    return VALID.matcher(name).matches() && !name.equals(RESERVED);
  }
}
