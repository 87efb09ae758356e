package io.countess.event;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a command led to.
 *
 * @param reason why it was not accepted, naming the field or bound, or under {@code observe} would
 *     not have been; empty otherwise
 * @param count the count after it, at {@code atMillis}; empty for policy changes, gauges and values
 *     with a fraction. Under several limits that of the first
 * @param limit the most that the count may be; empty for gauges
 * @param retryAfterMillis after how long the same put would be accepted if nothing else comes. Only
 *     where waiting helps. Counted from the put's own time, which {@code atMillis} may be ahead of
 * @param moreAfterMillis after how long more than what remains may be added, if nothing else comes,
 *     or if the rest is used up at once. Empty without a limit and where waiting does not help
 * @param freeAfterMillis after how long the whole limit is free again if nothing else comes; empty
 *     without a limit and where waiting does not help
 * @param atMillis the instant of decision, in milliseconds since the epoch
 * @param position where the command stands in the log
 * @param details what only some decisions have
 */
public record Decision(
    Outcome outcome,
    Optional<String> reason,
    OptionalLong count,
    OptionalLong limit,
    OptionalLong retryAfterMillis,
    OptionalLong moreAfterMillis,
    OptionalLong freeAfterMillis,
    long atMillis,
    Optional<Position> position,
    Details details) {

  /** A decision that tells no count, as on a policy or on several counters. */
  public Decision(Outcome outcome, Optional<String> reason, long atMillis) {
    this(
        outcome,
        reason,
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        atMillis,
        Optional.empty(),
        Details.NONE);
  }

  /**
   * What only some decisions have.
   *
   * @param replayed whether this is the first decision under the same id once more
   * @param wouldRefuse whether it was accepted only because the policy observes and does not
   *     enforce
   * @param overIds whether it was refused for its id alone: a counter remembers as many as it may
   * @param released how much a release took back
   * @param gauge the value after it, for a gauge, or a value with a fraction
   * @param parts what each part of a claim or a batch led to, in order
   * @param limits how it stands under each of several limits
   * @param window the window that it is about and whose count it tells, where that had ended
   * @param value what a counter of the kind value held before it and holds after it
   */
  public record Details(
      boolean replayed,
      boolean wouldRefuse,
      boolean overIds,
      OptionalLong released,
      Optional<GaugeValue> gauge,
      List<Part> parts,
      Optional<Limits> limits,
      Optional<WindowSpan> window,
      Optional<HeldChange> value) {
    /** Nothing of all that. */
    public static final Details NONE =
        new Details(false, false, OptionalLong.empty(), Optional.empty(), List.of());

    public Details {
      parts = List.copyOf(parts);
    }

    /** Those of what is about one limit, or none, no id, and no window that had ended. */
    public Details(
        boolean replayed,
        boolean wouldRefuse,
        OptionalLong released,
        Optional<GaugeValue> gauge,
        List<Part> parts) {
      this(
          replayed,
          wouldRefuse,
          false,
          released,
          gauge,
          parts,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    /** The same under several limits. */
    public Details with(Limits several) {
      return new Details(
          replayed,
          wouldRefuse,
          overIds,
          released,
          gauge,
          parts,
          Optional.of(several),
          window,
          value);
    }

    /** The same, of a window that had ended. */
    public Details in(WindowSpan ended) {
      return new Details(
          replayed,
          wouldRefuse,
          overIds,
          released,
          gauge,
          parts,
          limits,
          Optional.of(ended),
          value);
    }

    /** The same, of a counter that holds something, or nothing. */
    public Details with(HeldChange change) {
      return new Details(
          replayed,
          wouldRefuse,
          overIds,
          released,
          gauge,
          parts,
          limits,
          window,
          Optional.of(change));
    }

    /** The value of a gauge after it. */
    public static Details of(GaugeValue value) {
      return new Details(false, false, OptionalLong.empty(), Optional.of(value), List.of());
    }

    /** What became of each part of a claim or a batch. */
    public static Details of(List<Part> parts) {
      return new Details(false, false, OptionalLong.empty(), Optional.empty(), parts);
    }

    private Details waiting(long aheadMillis) {
      Limits before = limits.orElseThrow();
      return with(
          new Limits(
              before.each().stream().map(it -> it.waiting(aheadMillis)).toList(),
              before.refusedBy()));
    }

    /** The same, for a decision that is given once more. */
    public Details asReplayed() {
      return new Details(true, wouldRefuse, overIds, released, gauge, parts, limits, window, value);
    }

    /** The same, for what was refused for its id alone. */
    public Details asOverIds() {
      return new Details(
          replayed, wouldRefuse, true, released, gauge, parts, limits, window, value);
    }
  }

  /**
   * The value of a gauge.
   *
   * @param limit the most that it may be, if there is a limit
   */
  public record GaugeValue(double value, OptionalDouble limit) {
    /** The whole number nearest to a value, as it is told beside it. */
    public static long nearest(double value) {
      return Math.round(value);
    }

    /** How much may still be added, where there is a limit. */
    public OptionalDouble remaining() {
      return limit.isPresent()
          ? OptionalDouble.of(Math.min(Double.MAX_VALUE, Math.max(0, limit.getAsDouble() - value)))
          : OptionalDouble.empty();
    }
  }

  /**
   * How a counter stands under several limits.
   *
   * @param each in the order of the policy
   * @param refusedBy the index of the limit that refused, or under {@code observe} would have: of
   *     several the one with the longest wait; empty where none did
   */
  public record Limits(List<LimitCount> each, OptionalInt refusedBy) {
    /** Copies the list. */
    public Limits {
      each = List.copyOf(each);
    }
  }

  /** What a claim, or a part of a batch, led to in its counter. */
  public record Part(CounterName counter, Decision decision) {}

  /** How much may still be added, where there is a limit; of several limits, under all of them. */
  public OptionalLong remaining() {
    if (details.limits().isPresent() && !details.limits().get().each().isEmpty()) {
      return LimitCount.remaining(details.limits().get().each());
    }
    return limit.isPresent() && count.isPresent()
        ? OptionalLong.of(remaining(limit.getAsLong(), count.getAsLong()))
        : OptionalLong.empty();
  }

  /** How much may still be added: at least 0, at most what 64 bits hold. */
  public static long remaining(long limit, long count) {
    long left = limit - count;
    boolean overflow = ((limit ^ count) & (limit ^ left)) < 0;
    return overflow ? (limit > 0 ? Long.MAX_VALUE : 0) : Math.max(0, left);
  }

  /** The same decision, telling a count and the limit that it is under, if there are. */
  public Decision counting(OptionalLong after, OptionalLong most) {
    return new Decision(
        outcome,
        reason,
        after,
        most,
        retryAfterMillis,
        moreAfterMillis,
        freeAfterMillis,
        atMillis,
        position,
        details);
  }

  /** The same decision with its place in the log. */
  public Decision at(Position where) {
    return with(retryAfterMillis, moreAfterMillis, freeAfterMillis, Optional.of(where), details);
  }

  /** The same decision with other details. */
  public Decision with(Details other) {
    return with(retryAfterMillis, moreAfterMillis, freeAfterMillis, position, other);
  }

  /** The same decision, saying after how long more may be added, and the whole limit is free. */
  public Decision freeing(OptionalLong more, OptionalLong all) {
    return with(retryAfterMillis, more, all, position, details);
  }

  /** The same decision, saying after how long it would be another one. */
  public Decision retryAfter(OptionalLong millis) {
    return with(millis, moreAfterMillis, freeAfterMillis, position, details);
  }

  /** The same decision, with waits that were from its instant counted from an earlier time. */
  public Decision waitingFrom(long millis) {
    return with(
        ahead(retryAfterMillis, millis),
        ahead(moreAfterMillis, millis),
        ahead(freeAfterMillis, millis),
        position,
        details.limits().isPresent() ? details.waiting(atMillis - millis) : details);
  }

  private OptionalLong ahead(OptionalLong wait, long fromMillis) {
    return wait.isPresent() ? OptionalLong.of(wait.getAsLong() + atMillis - fromMillis) : wait;
  }

  private Decision with(
      OptionalLong retry,
      OptionalLong more,
      OptionalLong free,
      Optional<Position> where,
      Details other) {
    return new Decision(outcome, reason, count, limit, retry, more, free, atMillis, where, other);
  }
}
