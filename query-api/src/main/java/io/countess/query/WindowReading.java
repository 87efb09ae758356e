package io.countess.query;

import io.countess.answer.Count;
import io.countess.answer.CountedWindow;
import io.countess.answer.WindowList;
import io.countess.count.Counting;
import io.countess.count.Keeping;
import io.countess.count.KeptWindows;
import io.countess.event.CounterName;
import io.countess.event.InvalidInputException;
import io.countess.event.WindowName;
import io.countess.event.WindowSpan;
import io.countess.state.PartitionReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * One look at the windows of a counter, at an instant.
 *
 * @param atMillis not before the counter's last instant
 */
record WindowReading(
    CounterName counter, PartitionReader.Counted now, Windows windows, long atMillis) {
  /**
   * The windows that there are, by a policy.
   *
   * @param afterMillis only what ended later is kept
   */
  record Windows(Keeping keeping, long afterMillis, long atMillis) {
    /**
     * Those of a policy at an instant.
     *
     * @param keptFrom what ended by then is not kept, whatever the policy says
     * @throws InvalidInputException where it is no policy of windows
     */
    static Windows of(Counting counting, long keptFrom, long atMillis) {
      Keeping keeping = counting.keeping();
      if (keeping == null) {
        throw new InvalidInputException(
            "window",
            "is for the kind window; what is counted here is of the kind "
                + counting.policy().kind());
      }
      return new Windows(keeping, Math.max(keeping.horizonMillis(atMillis), keptFrom), atMillis);
    }

    /**
     * The window that a name stands for.
     *
     * @throws InvalidInputException where there is none, or it is not kept
     */
    WindowSpan named(WindowName name) {
      return required(keeping.named(name));
    }

    WindowSpan required(WindowSpan span) {
      if (span.endMillis() <= afterMillis) {
        throw new InvalidInputException(
            "window", "is '%s', which is not kept; %s".formatted(keeping.name(span), kept()));
      }
      if (span.startMillis() > atMillis) {
        throw new InvalidInputException(
            "window", "is '%s', which has not begun; %s".formatted(keeping.name(span), kept()));
      }
      return span;
    }

    private String kept() {
      String now = name(new WindowName.Holding(atMillis, ""));
      if (!keeping.keeps()) {
        return "there is %s alone, as the policy keeps none that has ended (keep)".formatted(now);
      }
      return "kept is what is from %s to %s"
          .formatted(name(new WindowName.Holding(afterMillis, "")), now);
    }

    private String name(WindowName name) {
      return keeping.name(keeping.named(name));
    }

    CountedWindow shown(WindowSpan span) {
      return new CountedWindow(keeping.name(span), span, span.endMillis() <= atMillis);
    }
  }

  /** Looks at a counter. */
  static WindowReading of(CounterName counter, PartitionReader reader, long nowMillis) {
    PartitionReader.Counted now = reader.counterWithWindows(counter);
    long at = now.state() == null ? nowMillis : Math.max(nowMillis, now.state().atMillis());
    return new WindowReading(counter, now, Windows.of(now.counting(), now.keptFrom(), at), at);
  }

  /**
   * The count in a window.
   *
   * @throws InvalidInputException where there is none of that name, or it is not kept
   */
  Count count(WindowName name) {
    Optional<KeptWindows.Window> found = find(name);
    WindowSpan span = found.isPresent() ? found.get().span() : windows.named(name);
    if (found.isEmpty() && name instanceof WindowName.Exactly) {
      throw new InvalidInputException(
          "window", "is '%s', and the counter has no such window".formatted(span));
    }
    long n = found.map(KeptWindows.Window::n).orElse(0L);
    boolean lasts = span.holds(atMillis);
    var count =
        lasts
            ? new CounterReading(counter, now.counting(), now.state(), atMillis, atMillis).count()
            : new Count(counter, n, now.counting().policy().limit(), atMillis);
    return (found.isPresent() ? count : absent(count)).in(windows.shown(span));
  }

  private static Count absent(Count count) {
    return new Count(
        count.counter(),
        count.count(),
        count.limit(),
        count.moreAfterMillis(),
        count.freeAfterMillis(),
        count.atMillis(),
        false,
        count.gauge(),
        count.limits(),
        Optional.empty(),
        count.held());
  }

  /** An instant is in the counter's own window first, which an earlier policy may have cut. */
  private Optional<KeptWindows.Window> find(WindowName name) {
    if (name instanceof WindowName.Holding instant) {
      return all().stream().filter(it -> it.span().holds(instant.millis())).findFirst();
    }
    WindowSpan span = windows.keeping().named(name);
    return all().stream().filter(it -> it.span().equals(span)).findFirst();
  }

  /** All that are kept, the newest first. */
  WindowList list() {
    return new WindowList(
        all().stream().map(it -> new WindowList.Entry(windows.shown(it.span()), it.n())).toList());
  }

  private List<KeptWindows.Window> all() {
    var all = new ArrayList<KeptWindows.Window>(now.windows().all());
    all.removeIf(it -> it.span().endMillis() <= windows.afterMillis());
    Collections.reverse(all);
    return all;
  }
}
