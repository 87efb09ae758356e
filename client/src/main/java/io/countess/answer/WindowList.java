package io.countess.answer;

import java.util.List;

/**
 * The windows of a counter that are kept and in which it counted something, the newest first. The
 * one that lasts is among them.
 */
public record WindowList(List<Entry> windows) {
  /** Copies the list. */
  public WindowList {
    windows = List.copyOf(windows);
  }

  /** A window, and what was counted in it. */
  public record Entry(CountedWindow window, long count) {}
}
