package io.countess.cli.soak;

import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.WindowPeriod;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * Puts that end with their window. A window goes on to its end, whatever the policy by then. Only
 * for UTC, and for days and parts of them. Where windows are kept, all policies cut and keep alike.
 */
final class NaiveWindow implements NaiveCounter {
  private static final long DAY_MILLIS = 86_400_000;
  private static final Span NONE = new Span(0, 0);

  private final Contributions puts = new Contributions();
  private Policy.Window policy;
  private int keep = -1;
  private Span window = NONE;

  private record Span(long start, long end) {}

  NaiveWindow(Policy.Window policy) {
    under(policy);
  }

  @Override
  public NaiveCounter under(Policy other) {
    policy = (Policy.Window) other;
    if (!policy.zone().equals(ZoneOffset.UTC) || keep >= 0 && keep != policy.keep()) {
      throw new IllegalArgumentException("neither UTC nor as before: " + policy);
    }
    keep = policy.keep();
    return this;
  }

  @Override
  public Outcome outcome(Event event, When when) {
    if (!(event instanceof Event.Put put && put.n().isWhole())) {
      return event instanceof Event.Reset ? Outcome.ACCEPTED : Outcome.IMPOSSIBLE;
    }
    if (put.ttl().isPresent()) {
      return Outcome.IMPOSSIBLE;
    }
    boolean closed = policy.highest() == 0 && !NaiveCounter.observes(policy);
    if (closed && put.n().whole() > 0 && countAt(when.instant()) + put.n().whole() > 0) {
      return Outcome.REFUSED;
    }
    if (isLate(when) && !isKept(when)) {
      return Outcome.LATE;
    }
    long n = put.n().whole();
    boolean tooMuch = Math.abs(n) > policy.maxDelta().orElse(Long.MAX_VALUE);
    double before = isLate(when) ? puts.endingAt(own(when).end) : countAt(when.instant());
    if (NaiveCounter.observes(policy) || !tooMuch && fits(before, (double) n)) {
      return Outcome.ACCEPTED;
    }
    boolean never = Math.abs((double) n) > (double) policy.highest() - policy.lowest();
    return tooMuch || never ? Outcome.IMPOSSIBLE : Outcome.REFUSED;
  }

  private boolean isLate(When when) {
    Span span = spanOf(when);
    return when.own() < span.start || when.instant() >= span.end;
  }

  /** The window that is open, else the one that a put begins. */
  private Span spanOf(When when) {
    if (when.instant() < window.end) {
      return window;
    }
    return own(when);
  }

  private Span own(When when) {
    return holding(when.own());
  }

  private Span holding(long millis) {
    long length = length();
    long start = millis / length * length;
    return new Span(start, start + length);
  }

  private long length() {
    return policy.period() instanceof WindowPeriod.Clock clock
        ? clock.length().toMillis()
        : DAY_MILLIS;
  }

  /** Whether it is late for a window that is kept. */
  private boolean isKept(When when) {
    long end = own(when).end;
    return keep > 0 && end <= when.instant() && end > goneAt(when.instant());
  }

  /** What ended by then is forgotten. */
  private long goneAt(long instant) {
    return keep == 0 ? instant : holding(instant).start - keep * length();
  }

  private boolean fits(double before, double n) {
    double sum = before + n;
    return n > 0 ? sum <= policy.highest() : sum >= policy.lowest();
  }

  /**
   * The sums of the windows that are kept at an instant, and of the one that lasts, by their ends.
   */
  SortedMap<Long, Long> keptAt(long instant) {
    return puts.sumsAfter(goneAt(instant));
  }

  @Override
  public boolean take(Event event, String id, When when) {
    if (event instanceof Event.Put put && isLate(when)) {
      puts.add(id, put.n().whole(), own(when).end);
      return false;
    }
    if (event instanceof Event.Put put) {
      window = spanOf(when);
      puts.add(id, put.n().whole(), window.end);
    } else {
      window = NONE;
      puts.clear();
    }
    return true;
  }

  @Override
  public double countAt(long instant) {
    return puts.at(instant);
  }

  @Override
  public double sharedAt(long instant) {
    return countAt(instant);
  }

  @Override
  public boolean isLiveAt(long instant) {
    return window.end > instant;
  }

  @Override
  public boolean isThereAt(long instant) {
    return window.end > instant || !keptAt(instant).isEmpty();
  }

  /** In the window that it was counted in, or taken from. */
  @Override
  public double toldAt(Event event, When when) {
    long end = 0;
    if (event instanceof Event.Release release) {
      end = isOver(release.of(), when.instant()) ? puts.endOf(release.of()) : 0;
    } else if (event instanceof Event.Put && isLate(when) && isKept(when)) {
      end = own(when).end;
    }
    return end == 0 ? countAt(when.instant()) : puts.endingAt(end);
  }

  @Override
  public boolean isOver(String id, long instant) {
    long end = puts.endOf(id);
    return end <= instant && end > goneAt(instant);
  }

  @Override
  public double left(String id, OptionalLong most, long instant) {
    return NaiveCounter.part(puts.left(id, goneAt(instant)), most);
  }

  @Override
  public Outcome losing(String id, double amount, OptionalLong most, long instant) {
    boolean can =
        isOver(id, instant)
            ? NaiveCounter.observes(policy) || fits((double) puts.endingAt(puts.endOf(id)), -amount)
            : canLose(amount, instant);
    return amount == 0 || can ? Outcome.ACCEPTED : Outcome.REFUSED;
  }

  @Override
  public boolean canLose(double amount, long instant) {
    return NaiveCounter.observes(policy) || fits(countAt(instant), -amount);
  }

  @Override
  public void lose(String id, double amount, long instant) {
    puts.take(id, (long) amount);
  }
}
