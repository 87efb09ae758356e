package io.countess.door.tenants;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids as Go's {@code uuid.Parse} reads them, and new ones that sort by when they were made. */
final class GoUuid {
  private static final Pattern DASHED =
      Pattern.compile(
          "\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");
  private static final Pattern PLAIN = Pattern.compile("\\p{XDigit}{32}");
  private static final String URN = "urn:uuid:";
  private static final int DASHED_LENGTH = 36;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long VERSION_7 = 0x7000;
  private static final long RANDOM_12 = 0xfff;
  private static final int MILLIS_SHIFT = 16;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long RANDOM_62 = 0x3fff_ffff_ffff_ffffL;

  private GoUuid() {}

  /** The id in its usual form, in lower case; empty where the text is none. */
  static Optional<String> parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (PLAIN.matcher(lower).matches()) {
      return Optional.of(
          String.join(
              "-",
              lower.substring(0, 8),
              lower.substring(8, 12),
              lower.substring(12, 16),
              lower.substring(16, 20),
              lower.substring(20)));
    }
    String bare = bare(lower);
    return DASHED.matcher(bare).matches() ? Optional.of(bare) : Optional.empty();
  }

  /** Go looks at neither of two braces, whatever they are. */
  private static String bare(String lower) {
    if (lower.length() == DASHED_LENGTH + 2) {
      return lower.substring(1, DASHED_LENGTH + 1);
    }
    return lower.startsWith(URN) ? lower.substring(URN.length()) : lower;
  }

  /** A new one that sorts after those made in earlier milliseconds (RFC 9562, version 7). */
  static String inOrder(long atMillis) {
    long high = atMillis << MILLIS_SHIFT | VERSION_7 | RANDOM.nextLong() & RANDOM_12;
    return new UUID(high, VARIANT | RANDOM.nextLong() & RANDOM_62).toString();
  }

  /** A new one that tells nothing. */
  static String random() {
    return UUID.randomUUID().toString();
  }
}
