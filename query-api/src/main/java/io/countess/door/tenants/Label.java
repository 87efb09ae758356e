package io.countess.door.tenants;

import java.util.regex.Pattern;

/** Rules for the names of tenants and counters, in counter-api's words. */
final class Label {
  private static final int MOST = 255;

  /** {@code \s} and {@code \w} as Go has them: ASCII only, and without the vertical tab. */
  private static final Pattern ALLOWED = Pattern.compile("[0-9A-Za-z_\\t\\n\\f\\r \\-.]+");

  private static final Pattern EDGES = Pattern.compile("^[ \\t\\n\\r]+|[ \\t\\n\\r]+$");

  private Label() {}

  /** Without NUL, and without white space around it. */
  static String clean(String given) {
    return EDGES.matcher(given.replace("\0", "")).replaceAll("");
  }

  /** The label of a tenant. */
  static String required(String given) {
    String label = clean(given);
    if (label.isEmpty()) {
      throw ApiException.parameter("label is required");
    }
    return allowed(label);
  }

  /** The label of a counter, which may have none. */
  static String optional(String given) {
    String label = clean(given);
    return label.isEmpty() ? label : allowed(label);
  }

  private static String allowed(String label) {
    if (label.codePointCount(0, label.length()) > MOST) {
      throw ApiException.parameter("label exceeds maximum length");
    } else if (!ALLOWED.matcher(label).matches()) {
      throw ApiException.parameter("label contains invalid characters");
    }
    return label;
  }
}
