package io.countess.count;

import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Policy;
import io.countess.event.WindowSpan;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Counts the puts of the window that holds the instant of decision, within bounds. A put of an
 * earlier window is late. A window goes on to the end that it was given with its first put. The
 * policy says only where the next one begins and ends. What becomes of windows that have ended is a
 * matter of {@link Keeping}.
 */
final class WindowCounting implements Counting {
  private final Policy.Window policy;
  private final Decisions decisions;
  private final Windows windows;
  private final Bounds bounds;
  private final boolean observes;
  private final Keeping keeping;

  WindowCounting(Policy.Window policy) {
    this.policy = policy;
    this.decisions = new Decisions(policy.limit());
    this.windows = Windows.of(policy);
    this.bounds = Bounds.of(policy);
    this.observes = policy.terms().mode() == Policy.Mode.OBSERVE;
    this.keeping = new Keeping(policy, windows);
  }

  @Override
  public Policy policy() {
    return policy;
  }

  @Override
  public long initial() {
    return 0;
  }

  @Override
  public Keeping keeping() {
    return keeping;
  }

  @Override
  public Folded apply(State before, Event event, long atMillis, long floorMillis) {
    long instant = Counting.instant(before, atMillis, floorMillis);
    var state = (WindowState) before;
    if (event instanceof Event.Put put && put.n().isWhole()) {
      return put(state, put, atMillis, instant);
    }
    if (event instanceof Event.Reset) {
      return Folded.replaced(null, decisions.accepted(0, instant));
    }
    return impossible(state, Decisions.notFor("window", event), instant);
  }

  @Override
  public boolean takes(Event event) {
    return event instanceof Event.Put put
        ? put.n().isWhole() && put.ttl().isEmpty()
        : event instanceof Event.Reset;
  }

  private Folded put(WindowState before, Event.Put put, long atMillis, long instant) {
    long n = put.n().whole();
    if (put.ttl().isPresent()) {
      return impossible(before, "ttl is not for the kind window", instant);
    }
    long count = count(before, instant);
    if (n == 0) {
      return Folded.unchanged(before, decisions.accepted(count, instant));
    }
    if (bounds.closedTo(count, n) && !observes) {
      return Folded.unchanged(before, decisions.refused(bounds.closed(), count, instant));
    }
    WindowState window = windowOf(before, atMillis, instant);
    if (window == null) {
      return Folded.unchanged(before, decisions.late(count, instant));
    }
    if (Bounds.overflows(window.n(), n)) {
      return impossible(before, "n is " + n + "; the count would pass 64 bits", instant);
    }
    String why = whyNot(window.n() + n, n);
    if (why != null && !observes) {
      return Folded.unchanged(before, refuse(why, window, n, instant));
    }
    var after = window.with(instant, window.n() + n);
    var decision =
        why == null
            ? decisions.accepted(after.n(), instant)
            : decisions.observed(why, after.n(), instant);
    return new Folded(after, decision, after.endMillis(), n);
  }

  /** The window of a put as it is before it, or null where that has ended. */
  private WindowState windowOf(WindowState before, long atMillis, long instant) {
    if (before != null && instant < before.endMillis()) {
      return before.startMillis() <= atMillis ? before : null;
    }
    WindowSpan span = windows.holding(atMillis);
    return span.endMillis() <= instant
        ? null
        : new WindowState(instant, span.startMillis(), span.endMillis(), 0);
  }

  private String whyNot(long sum, long n) {
    String tooMuch = bounds.tooMuch(n);
    return tooMuch != null ? tooMuch : bounds.passed(sum, n);
  }

  private Decision refuse(String why, WindowState window, long n, long instant) {
    if (bounds.tooMuch(n) != null || bounds.neverFits(n)) {
      return decisions.impossible(why, window.n(), instant);
    }
    return bounds.fitsFromZero(n)
        ? decisions.refusedFor(window.endMillis() - instant, why, window.n(), instant)
        : decisions.refused(why, window.n(), instant);
  }

  private Folded impossible(WindowState before, String why, long instant) {
    return Folded.unchanged(before, decisions.impossible(why, count(before, instant), instant));
  }

  private static long count(WindowState state, long instant) {
    return state == null ? 0 : state.countAt(instant);
  }

  @Override
  public OptionalLong moreAfterMillis(State state, long atMillis) {
    if (policy.limit().isEmpty() || policy.limit().getAsLong() == 0) {
      return OptionalLong.empty();
    }
    boolean lasts = state instanceof WindowState window && atMillis < window.endMillis();
    long end = lasts ? ((WindowState) state).endMillis() : windows.holding(atMillis).endMillis();
    return OptionalLong.of(end - atMillis);
  }

  /** Takes it back while its window lasts, where a put that does so would be within the bounds. */
  @Override
  public Released release(
      State before, Added added, OptionalLong most, long atMillis, long floorMillis) {
    long instant = Counting.instant(before, atMillis, floorMillis);
    var state = (WindowState) before;
    if (!isCurrent(state, added, instant)) {
      var decision = decisions.nothingReleased(count(state, instant), instant);
      return Released.nothing(before, decision);
    }
    long all = ((Added.Ending) added).n();
    long n = Released.part(most, all);
    String why = bounds.whyNotLess(state.n(), n);
    if (why != null && (!observes || Bounds.underflows(state.n(), n))) {
      return Released.none(before, decisions.refused(why, state.n(), instant), added);
    }
    var after = state.with(instant, state.n() - n);
    var decision = decisions.released(n, Optional.ofNullable(why), after.n(), instant);
    var rest = n == all ? null : new Added.Ending(state.endMillis(), all - n);
    return new Released(
        new Folded(after, decision, state.endMillis(), -n), Optional.ofNullable(rest));
  }

  private static boolean isCurrent(WindowState state, Added added, long instant) {
    return state != null
        && added instanceof Added.Ending put
        && put.endMillis() == state.endMillis()
        && instant < state.endMillis();
  }
}
