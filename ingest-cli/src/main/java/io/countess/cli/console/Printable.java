package io.countess.cli.console;

import io.countess.event.Visible;

/** Text from outside as it can be shown on a terminal, which control characters would steer. */
public final class Printable {
  private Printable() {}

  /** The text with each character that can't be seen as {@code \\u001b}. */
  public static String of(String text) {
    return Visible.of(text);
  }
}
