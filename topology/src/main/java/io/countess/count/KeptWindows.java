package io.countess.count;

import io.countess.event.WindowSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The windows of one counter that have ended and are kept, each with its sum: immutable, and in the
 * order of their ends. Of two that end together the one that began earlier comes first.
 *
 * <p>They stand in bytes from the newest back: from when to when the newest lasts, in seconds, as
 * all windows begin and end with one. Of each other one only how far it is from the next, 0 where
 * they meet, and by how much it is longer. So a window takes three to eight bytes.
 */
public final class KeptWindows {
  /** None. */
  public static final KeptWindows NONE = new KeptWindows(List.of());

  private static final long SECOND = 1000;

  private final List<Window> windows;

  /** A window that has ended, and the sum of its puts. */
  public record Window(WindowSpan span, long n) {
    long endMillis() {
      return span.endMillis();
    }
  }

  private KeptWindows(List<Window> windows) {
    this.windows = windows;
  }

  /** All of them, the oldest first. */
  public List<Window> all() {
    return windows;
  }

  public boolean isEmpty() {
    return windows.isEmpty();
  }

  /** When the last of them ended; there must be one. */
  public long lastEndMillis() {
    return windows.get(windows.size() - 1).endMillis();
  }

  /** The window from and to certain instants. */
  public Optional<Window> find(WindowSpan span) {
    return windows.stream().filter(window -> window.span.equals(span)).findFirst();
  }

  /** The window that holds an instant; of several the one that began last. */
  Optional<Window> holding(long millis) {
    Window found = null;
    for (Window window : windows) {
      boolean later = found == null || window.span.startMillis() >= found.span.startMillis();
      found = window.span.holds(millis) && later ? window : found;
    }
    return Optional.ofNullable(found);
  }

  /**
   * The window that ended at an instant and was counted in before. Where another one has been begun
   * since that ends then too, that one began earlier: else it would not have been begun.
   */
  Optional<Window> ending(long endMillis) {
    return windows.stream()
        .filter(window -> window.endMillis() == endMillis)
        .reduce((earlier, later) -> later);
  }

  /** With a window, in the place of the one of the same span if there is one. */
  public KeptWindows with(WindowSpan span, long n) {
    var all = new ArrayList<Window>(windows.size() + 1);
    var added = new Window(span, n);
    boolean placed = false;
    for (Window window : windows) {
      boolean same = window.span.equals(span);
      if (!placed && (same || isBefore(span, window.span))) {
        all.add(added);
        placed = true;
      }
      if (!same) {
        all.add(window);
      }
    }
    if (!placed) {
      all.add(added);
    }
    return new KeptWindows(List.copyOf(all));
  }

  private static boolean isBefore(WindowSpan one, WindowSpan other) {
    return one.endMillis() != other.endMillis()
        ? one.endMillis() < other.endMillis()
        : one.startMillis() < other.startMillis();
  }

  /** Those that ended after an instant, and of these the last {@code most}. */
  public KeptWindows keeping(long afterMillis, int most) {
    int from = Math.max(0, windows.size() - most);
    while (from < windows.size() && windows.get(from).endMillis() <= afterMillis) {
      from++;
    }
    if (from == 0) {
      return this;
    }
    return from == windows.size() ? NONE : new KeptWindows(windows.subList(from, windows.size()));
  }

  /** Writes them. */
  public void write(VarOutput out) {
    out.write(windows.size());
    long next = 0;
    long length = 0;
    for (int i = windows.size() - 1; i >= 0; i--) {
      Window window = windows.get(i);
      long start = window.span.startMillis() / SECOND;
      long end = window.span.endMillis() / SECOND;
      out.writeSigned(next - end).writeSigned(end - start - length).writeSigned(window.n);
      next = start;
      length = end - start;
    }
  }

  /** Reads what {@link #write} wrote. */
  public static KeptWindows read(VarInput in) {
    int size = (int) in.read();
    var windows = new Window[size];
    long next = 0;
    long length = 0;
    for (int i = size - 1; i >= 0; i--) {
      long end = next - in.readSigned();
      length += in.readSigned();
      next = end - length;
      windows[i] = new Window(new WindowSpan(next * SECOND, end * SECOND), in.readSigned());
    }
    return size == 0 ? NONE : new KeptWindows(List.of(windows));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeptWindows kept && windows.equals(kept.windows);
  }

  @Override
  public int hashCode() {
    return windows.hashCode();
  }

  @Override
  public String toString() {
    return windows.toString();
  }
}
