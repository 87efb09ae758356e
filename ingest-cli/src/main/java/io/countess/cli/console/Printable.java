package io.countess.cli.console;

/** Text from outside as it can be shown on a terminal, which control characters would steer. */
public final class Printable {
  private Printable() {}

  /** The text with each control character as {@code \\u001b}. */
  public static String of(String text) {
    if (text.chars().noneMatch(Character::isISOControl)) {
      return text;
    }
    var shown = new StringBuilder();
    for (char c : text.toCharArray()) {
      if (Character.isISOControl(c)) {
        shown.append("\\u%04x".formatted((int) c));
      } else {
        shown.append(c);
      }
    }
    return shown.toString();
  }
}
