package io.countess.event;

/**
 * Text as a person can read it: what can't be seen, or steers how text is shown, stands as {@code
 * \\ufeff}. Two texts that look the same are the same then, but for letters that look alike.
 */
public final class Visible {
  private Visible() {}

  /** The text, with each such character escaped. */
  public static String of(String text) {
    if (text.codePoints().noneMatch(Visible::isHidden)) {
      return text;
    }
    var shown = new StringBuilder();
    text.codePoints().forEach(point -> append(point, shown));
    return shown.toString();
  }

  private static void append(int point, StringBuilder shown) {
    if (!isHidden(point)) {
      shown.appendCodePoint(point);
      return;
    }
    for (char c : Character.toChars(point)) {
      shown.append("\\u%04x".formatted((int) c));
    }
  }

  private static boolean isHidden(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          true;
      case Character.SPACE_SEPARATOR -> point != ' ';
      default -> false;
    };
  }
}
