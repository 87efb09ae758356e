package io.countess.count;

import io.countess.count.KeptWindows.Window;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.WindowName;
import io.countess.event.WindowSpan;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is done about windows that have ended, under one policy. The last window of a counter is its
 * {@link WindowState}, also after it has ended: of all the one that ends last. It becomes one of
 * its {@link KeptWindows} when the next one begins. So a window is written once more, when it has
 * ended, and not at each put.
 *
 * <p>At an instant those windows are kept that ended after the begin of the {@code keep}th window
 * before the one that holds the instant. A put that is late belongs to the kept window that holds
 * its time. Where its counter has none, it is the first one of the window that the policy says. It
 * is decided by the bounds, as it would have been while the window lasted.
 */
public final class Keeping {
  private final int keep;
  private final Windows windows;
  private final WindowNames names;
  private final Bounds bounds;
  private final Decisions decisions;
  private final boolean observes;

  /** What was found last: the same for all instants in one window. */
  private volatile Horizon horizon;

  private volatile End end;

  private record Horizon(WindowSpan current, long millis) {}

  private record End(long ofMillis, long untilMillis) {}

  Keeping(Policy.Window policy, Windows windows) {
    this.keep = policy.keep();
    this.windows = windows;
    this.names = new WindowNames(policy, windows);
    this.bounds = Bounds.of(policy);
    this.decisions = new Decisions(policy.limit());
    this.observes = policy.terms().mode() == Policy.Mode.OBSERVE;
  }

  /**
   * What is left of a counter's windows.
   *
   * @param last its state, null where it has none
   * @param kept the windows before that, or beside it
   * @param afterMillis only what ended later is kept
   */
  public record Past(State last, KeptWindows kept, long afterMillis) {
    /** Whether there is a window that is kept, the last one included. */
    public boolean isAnyLeft() {
      return !withState().keeping(afterMillis, Integer.MAX_VALUE).isEmpty();
    }

    private Optional<Window> inState() {
      return last instanceof WindowState state
          ? Optional.of(new Window(state.span(), state.n()))
          : Optional.empty();
    }

    private Optional<Window> holding(long millis) {
      return inState().filter(it -> it.span().holds(millis)).or(() -> kept.holding(millis));
    }

    private Optional<Window> of(Added added) {
      if (added instanceof Added.InEndedWindow put) {
        return inState().filter(it -> it.span().equals(put.span())).or(() -> kept.find(put.span()));
      }
      long end = ((Added.Ending) added).endMillis();
      return inState().filter(it -> it.endMillis() == end).or(() -> kept.ending(end));
    }

    /** Whether a window is not there yet, and ends after all that are. */
    private boolean isAfterAll(Window window) {
      return last == null || window.endMillis() > last.deadAtMillis();
    }

    /** The kept windows, and the last one too. */
    private KeptWindows withState() {
      return inState().filter(this::keeps).map(it -> kept.with(it.span(), it.n())).orElse(kept);
    }

    private boolean keeps(Window window) {
      return window.endMillis() > afterMillis;
    }
  }

  /** Whether any window is kept after its end. */
  public boolean keeps() {
    return keep > 0;
  }

  /** How many are kept at most. */
  public int most() {
    return keep;
  }

  /** What has ended by then is not kept at {@code atMillis}. */
  public long horizonMillis(long atMillis) {
    Horizon found = horizon;
    if (found == null || !found.current.holds(atMillis)) {
      WindowSpan current = windows.holding(atMillis);
      long start = current.startMillis();
      for (int i = 0; i < keep; i++) {
        start = windows.holding(start - 1).startMillis();
      }
      found = new Horizon(current, start);
      horizon = found;
    }
    return found.millis;
  }

  /** Up to when a window is kept that ends at {@code endMillis}. */
  public long keptUntilMillis(long endMillis) {
    End found = end;
    if (found == null || found.ofMillis != endMillis) {
      WindowSpan next = windows.holding(endMillis);
      long until = next.startMillis() < endMillis ? next.endMillis() : endMillis;
      for (int i = 0; i < keep; i++) {
        until = windows.holding(until).endMillis();
      }
      found = new End(endMillis, until);
      end = found;
    }
    return found.untilMillis;
  }

  /**
   * The window that a name stands for.
   *
   * @throws io.countess.event.InvalidInputException where it is none under this policy
   */
  public WindowSpan named(WindowName name) {
    return names.span(name);
  }

  /** What names a window. */
  public String name(WindowSpan span) {
    return names.name(span);
  }

  /** Whether an event that led to {@code folded} may be a matter of windows that have ended. */
  public boolean concerns(State before, Event event, Folded folded) {
    return keep > 0
        && (event instanceof Event.Reset
            || folded.decision().outcome() == Outcome.LATE
            || hasEnded((WindowState) before, (WindowState) folded.after()));
  }

  private static boolean hasEnded(WindowState before, WindowState after) {
    return before != null && before.endMillis() != after.endMillis();
  }

  /** Completes what an event that concerns windows that have ended led to. */
  public Folded complete(Past past, Event event, Folded folded, long atMillis) {
    if (folded.decision().outcome() == Outcome.LATE) {
      return late(past, ((Event.Put) event).n().whole(), atMillis, folded);
    }
    if (event instanceof Event.Reset) {
      return past.kept.isEmpty() ? folded : folded.keeping(KeptWindows.NONE);
    }
    return folded.keeping(past.withState().keeping(past.afterMillis, keep));
  }

  private Folded late(Past past, long n, long atMillis, Folded late) {
    Window window =
        past.holding(atMillis).orElseGet(() -> new Window(windows.holding(atMillis), 0));
    long instant = late.decision().atMillis();
    if (!past.keeps(window) || window.endMillis() > instant) {
      return late;
    }
    if (Bounds.overflows(window.n(), n)) {
      String why = "n is " + n + "; the count would pass 64 bits";
      return unchanged(past, in(window, decisions.impossible(why, window.n(), instant)));
    }
    long sum = window.n() + n;
    String tooMuch = bounds.tooMuch(n);
    String why = tooMuch != null ? tooMuch : bounds.passed(sum, n);
    if (why != null && !observes) {
      boolean never = tooMuch != null || bounds.neverFits(n);
      return unchanged(
          past,
          in(
              window,
              never
                  ? decisions.impossible(why, window.n(), instant)
                  : decisions.refused(why, window.n(), instant)));
    }
    Decision decision =
        why == null ? decisions.accepted(sum, instant) : decisions.observed(why, sum, instant);
    if (past.isAfterAll(window)) {
      return begun(past, window.span(), n, atMillis, in(window, decision));
    }
    Folded folded = changed(past, window, n, in(window, decision));
    if (folded.kept() == null) {
      return folded;
    }
    KeptWindows left = folded.kept().keeping(past.afterMillis, keep);
    return left.find(window.span()).isEmpty() ? late : folded.keeping(left);
  }

  /** What becomes the last window of its counter, though it has ended. */
  private Folded begun(Past past, WindowSpan span, long n, long atMillis, Decision decision) {
    long at = past.last == null ? atMillis : Math.max(atMillis, past.last.atMillis());
    var state = new WindowState(at, span.startMillis(), span.endMillis(), n);
    var folded = new Folded(state, decision, span.endMillis(), n);
    return past.last == null
        ? folded
        : folded.keeping(past.withState().keeping(past.afterMillis, keep));
  }

  /** Whether a release is one from a window that has ended. */
  public boolean concerns(State before, Added added, long instant) {
    if (keep == 0 || added == null) {
      return false;
    }
    boolean isLive =
        added instanceof Added.Ending put
            && before != null
            && put.endMillis() == before.deadAtMillis()
            && instant < put.endMillis();
    return !isLive && (added instanceof Added.Ending || added instanceof Added.InEndedWindow);
  }

  /**
   * Takes back what a put added to a window that has ended, as long as it is kept, and where a put
   * of the opposite would be within the bounds.
   */
  public Released release(Past past, Added added, OptionalLong most, long instant) {
    Optional<Window> found = past.of(added).filter(past::keeps);
    if (found.isEmpty()) {
      long count = past.last == null ? 0 : past.last.countAt(instant);
      return Released.nothing(past.last, decisions.nothingReleased(count, instant));
    }
    Window window = found.get();
    long all = added instanceof Added.InEndedWindow put ? put.n() : ((Added.Ending) added).n();
    long n = Released.part(most, all);
    String why = bounds.whyNotLess(window.n(), n);
    if (why != null && (!observes || Bounds.underflows(window.n(), n))) {
      Decision refused = in(window, decisions.refused(why, window.n(), instant));
      return Released.none(past.last, refused, added);
    }
    Decision decision =
        in(window, decisions.released(n, Optional.ofNullable(why), window.n() - n, instant));
    Optional<Added> left =
        n == all ? Optional.empty() : Optional.of(new Added.InEndedWindow(window.span(), all - n));
    // Others stay, also those that have gone at this instant: the next put may be of an earlier
    // one.
    return new Released(changed(past, window, -n, decision), left);
  }

  private static Folded unchanged(Past past, Decision decision) {
    return Folded.unchanged(past.last, decision);
  }

  private Folded changed(Past past, Window window, long n, Decision decision) {
    long sum = window.n() + n;
    if (past.inState().filter(it -> it.span().equals(window.span())).isPresent()) {
      var state = (WindowState) past.last;
      // Its instant stays in the window: what has ended is as it is at every instant from then on.
      return new Folded(state.with(state.atMillis(), sum), decision, state.endMillis(), n);
    }
    return Folded.unchanged(past.last, decision).keeping(past.kept.with(window.span(), sum));
  }

  private static Decision in(Window window, Decision decision) {
    return decision.with(decision.details().in(window.span()));
  }
}
