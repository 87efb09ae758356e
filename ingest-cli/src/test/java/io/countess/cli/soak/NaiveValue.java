package io.countess.cli.soak;

import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Write;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** A whole number that ends, and what of each put to it can be taken back. */
final class NaiveValue implements NaiveCounter {
  private static final long NEVER = Long.MAX_VALUE;

  private final Map<String, Long> puts = new HashMap<>();
  private long value;
  private long end;

  @Override
  public NaiveCounter under(Policy other) {
    return this;
  }

  @Override
  public Outcome outcome(Event event, When when) {
    boolean isThere = isLiveAt(when.instant());
    if (event instanceof Event.Put put) {
      return put.n().isWhole() && put.ttl().isEmpty() ? Outcome.ACCEPTED : Outcome.IMPOSSIBLE;
    }
    if (!(event instanceof Write write)) {
      return Outcome.ACCEPTED;
    }
    boolean wanted =
        switch (write.onlyIf()) {
          case ANY -> true;
          case ABSENT -> !isThere;
          case PRESENT -> isThere;
        };
    boolean fits =
        write.change().isPresent()
            ? !(write.change().get() instanceof Write.Add add) || sum(add, when) != null
            : isThere && may(write.expiry().orElseThrow(), when);
    return wanted && fits ? Outcome.ACCEPTED : Outcome.REFUSED;
  }

  /** The sum that an addition leads to; null where that is refused. */
  private BigDecimal sum(Write.Add add, When when) {
    BigDecimal sum = BigDecimal.valueOf((long) countAt(when.instant())).add(add.n());
    BigDecimal within = add.min().map(sum::max).orElse(sum);
    within = add.max().map(within::min).orElse(within);
    return add.saturates() || within.compareTo(sum) == 0 ? within : null;
  }

  private static long end(Write.Expiry expiry, When when) {
    return expiry.end() instanceof Write.After after
        ? when.instant() + after.ttl().toMillis()
        : NEVER;
  }

  private boolean may(Write.Expiry expiry, When when) {
    long own = isLiveAt(when.instant()) ? end : NEVER;
    return switch (expiry.when()) {
      case ANY -> true;
      case ABSENT -> own == NEVER;
      case PRESENT -> own != NEVER;
      case LATER -> end(expiry, when) > own;
      case SOONER -> end(expiry, when) < own;
      case PRESENT_SOONER -> own != NEVER && end(expiry, when) < own;
    };
  }

  @Override
  public boolean take(Event event, String id, When when) {
    boolean isThere = isLiveAt(when.instant());
    long own = isThere ? end : NEVER;
    if (event instanceof Event.Put put) {
      if (put.n().whole() == 0) {
        return false;
      }
      become((long) countAt(when.instant()) + put.n().whole(), own, isThere);
      puts.put(id, put.n().whole());
      return true;
    }
    return event instanceof Write write ? write(write, isThere, when) : set(event, isThere);
  }

  private boolean set(Event event, boolean isThere) {
    if (event instanceof Event.SetValue set) {
      if (set.ifAbsent() && isThere) {
        return false;
      }
      become(set.value().whole(), NEVER, false);
    } else {
      become(0, 0, false);
    }
    return true;
  }

  private boolean write(Write write, boolean isThere, When when) {
    long own = isThere ? end : NEVER;
    boolean ends = write.expiry().isPresent() && may(write.expiry().get(), when);
    long next = ends ? end(write.expiry().get(), when) : own;
    if (write.change().isEmpty()) {
      boolean changes = next != own;
      end = changes ? next : end;
      return changes;
    }
    if (write.change().get() instanceof Write.Add add) {
      become(sum(add, when).longValueExact(), next, isThere);
      return true;
    }
    var number = ((Write.Replace) write.change().get()).number();
    if (number.isEmpty() && !isThere) {
      return false;
    }
    long fresh = write.expiry().isEmpty() ? NEVER : next;
    become(number.map(BigDecimal::longValueExact).orElse(0L), number.isEmpty() ? 0 : fresh, false);
    return true;
  }

  /** What was put before is still in it where it is the same number that goes on. */
  private void become(long number, long until, boolean goesOn) {
    if (!goesOn) {
      puts.clear();
    }
    value = number;
    end = until;
  }

  @Override
  public double countAt(long instant) {
    return isLiveAt(instant) ? value : 0;
  }

  @Override
  public double sharedAt(long instant) {
    return 0;
  }

  @Override
  public boolean isLiveAt(long instant) {
    return end > instant;
  }

  @Override
  public double left(String id, OptionalLong most, long instant) {
    return isLiveAt(instant) ? NaiveCounter.part(puts.getOrDefault(id, 0L), most) : 0;
  }

  @Override
  public boolean canLose(double amount, long instant) {
    return true;
  }

  @Override
  public void lose(String id, double amount, long instant) {
    puts.merge(id, -(long) amount, Long::sum);
    value -= (long) amount;
  }
}
