package io.countess.count;

import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Write;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A string key of a store that keeps texts and looks at the clock before each command, as Redis
 * does it, command by command.
 */
final class NaiveValue {
  /**
   * What two ways to keep a value must agree on.
   *
   * @param text what it holds; null for nothing
   * @param end 0 for none
   */
  record Verdict(Outcome outcome, String text, long end, long atMillis) {}

  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  private String text;
  private long end;
  private long now;

  /** What changes nothing leaves no trace: a value that is gone for it may be there for older. */
  Verdict apply(Step step) {
    long lastChange = now;
    String lastText = text;
    long lastEnd = end;
    now = Math.max(now, Math.max(step.atMillis(), step.floorMillis()));
    if (end != 0 && end <= now) {
      delete();
    }
    String before = text + "@" + end;
    Outcome outcome = carryOut(step.event());
    var verdict = new Verdict(outcome, text, end, now);
    boolean resets = step.event() instanceof Event.Reset;
    if (!resets && (outcome != Outcome.ACCEPTED || isIdle(step.event(), before))) {
      text = lastText;
      end = lastEnd;
      now = lastChange;
    } else if (text == null) {
      now = 0;
    }
    return verdict;
  }

  /** Whether nothing has happened that would be kept: not even when. */
  private boolean isIdle(Event event, String before) {
    boolean expires = event instanceof Write write && write.change().isEmpty();
    boolean putsNothing = event instanceof Event.Put put && put.n().real() == 0;
    boolean keeps =
        event instanceof Event.SetValue set && set.ifAbsent() && !before.startsWith("null");
    boolean stays = before.equals(text + "@" + end);
    return putsNothing || keeps || stays && (expires || text == null);
  }

  private Outcome carryOut(Event event) {
    if (event instanceof Event.Put put) {
      if (!put.n().isWhole() || put.ttl().isPresent()) {
        return Outcome.IMPOSSIBLE;
      }
      return put.n().whole() == 0 ? Outcome.ACCEPTED : incrBy(put.n().whole(), null, null, false);
    }
    if (event instanceof Event.SetValue set) {
      if (!set.value().isWhole()) {
        return Outcome.IMPOSSIBLE;
      }
      if (!set.ifAbsent() || text == null) {
        text = Long.toString(set.value().whole());
        end = 0;
      }
      return Outcome.ACCEPTED;
    }
    if (event instanceof Event.Reset) {
      delete();
      return Outcome.ACCEPTED;
    }
    return write((Write) event);
  }

  private Outcome write(Write write) {
    boolean wrong =
        write.onlyIf() == Write.If.ABSENT && text != null
            || write.onlyIf() == Write.If.PRESENT && text == null;
    if (wrong) {
      return Outcome.REFUSED;
    }
    if (write.change().isEmpty()) {
      return text == null || !expire(write.expiry().orElseThrow())
          ? Outcome.REFUSED
          : Outcome.ACCEPTED;
    }
    if (write.change().get() instanceof Write.Add add) {
      Outcome outcome = add(add);
      if (outcome == Outcome.ACCEPTED) {
        write.expiry().ifPresent(this::expire);
      }
      return outcome;
    }
    var number = ((Write.Replace) write.change().get()).number();
    if (number.isEmpty()) {
      delete();
      return Outcome.ACCEPTED;
    }
    text = number.get().toPlainString();
    if (write.expiry().isEmpty()) {
      end = 0;
    } else {
      expire(write.expiry().get());
    }
    return Outcome.ACCEPTED;
  }

  private Outcome add(Write.Add add) {
    String least = add.min().map(BigDecimal::toPlainString).orElse(null);
    String most = add.max().map(BigDecimal::toPlainString).orElse(null);
    if (!add.n().toPlainString().contains(".")) {
      return incrBy(add.n().longValueExact(), least, most, add.saturates());
    }
    var sum = new BigDecimal(text == null ? "0" : text).add(add.n());
    sum = least != null && sum.compareTo(new BigDecimal(least)) < 0 ? clamp(add, least) : sum;
    sum =
        sum != null && most != null && sum.compareTo(new BigDecimal(most)) > 0
            ? clamp(add, most)
            : sum;
    if (sum == null) {
      return Outcome.REFUSED;
    }
    String shown = sum.toPlainString();
    shown = shown.contains(".") ? shown.replaceAll("0+$", "").replaceAll("\\.$", "") : shown;
    if (shown.replace("-", "").replaceAll("\\..*", "").length() > 21) {
      return Outcome.IMPOSSIBLE;
    }
    text = shown.equals("-0") ? "0" : shown;
    return Outcome.ACCEPTED;
  }

  private static BigDecimal clamp(Write.Add add, String bound) {
    return add.saturates() ? new BigDecimal(bound) : null;
  }

  private Outcome incrBy(long n, String least, String most, boolean saturates) {
    BigInteger value;
    try {
      value = new BigInteger(text == null ? "0" : text);
    } catch (NumberFormatException fraction) {
      return Outcome.IMPOSSIBLE;
    }
    if (isOut(value)) {
      return Outcome.IMPOSSIBLE;
    }
    BigInteger sum = value.add(BigInteger.valueOf(n));
    boolean below = least != null && sum.compareTo(new BigInteger(least)) < 0;
    boolean above = most != null && sum.compareTo(new BigInteger(most)) > 0;
    if ((below || above) && !saturates) {
      return Outcome.REFUSED;
    }
    sum = below ? new BigInteger(least) : above ? new BigInteger(most) : sum;
    if (isOut(sum)) {
      return Outcome.IMPOSSIBLE;
    }
    text = sum.toString();
    return Outcome.ACCEPTED;
  }

  private static boolean isOut(BigInteger value) {
    return value.compareTo(LEAST) < 0 || value.compareTo(MOST) > 0;
  }

  /** Whether the end that it has let it get another one. */
  private boolean expire(Write.Expiry expiry) {
    if (expiry.end() instanceof Write.Kept) {
      return true;
    }
    long other = 0;
    if (expiry.end() instanceof Write.After after) {
      other = now + after.ttl().toMillis();
    } else if (expiry.end() instanceof Write.At at) {
      other = at.millis();
    }
    boolean never = expiry.end() instanceof Write.Never;
    boolean may =
        switch (expiry.when()) {
          case ANY -> true;
          case ABSENT -> end == 0;
          case PRESENT -> end != 0;
          case LATER -> end != 0 && (never || other > end);
          case SOONER -> !never && (end == 0 || other < end);
          case PRESENT_SOONER -> !never && end != 0 && other < end;
        };
    if (!may) {
      return false;
    }
    end = other;
    if (!never && end <= now) {
      delete();
    }
    return true;
  }

  private void delete() {
    text = null;
    end = 0;
  }
}
