package io.countess.count;

import io.countess.event.Decision;
import io.countess.event.Decision.Details;
import io.countess.event.LimitCount;
import io.countess.event.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Decisions under several limits, made of what each of them says. The count is the first one's. */
final class LimitsDecisions {
  private final Decisions decisions;

  LimitsDecisions(OptionalLong firstLimit) {
    this.decisions = new Decisions(firstLimit);
  }

  Decision reset(long count, long atMillis) {
    return decisions.accepted(count, atMillis);
  }

  Decision late(long count, long atMillis) {
    return decisions.late(count, atMillis);
  }

  Decision notFor(String why, long count, long atMillis) {
    return decisions.impossible(why, count, atMillis);
  }

  /**
   * The limit that decides that a put is refused: one that it can never fit, else the one with the
   * longest wait, of equal ones the first; -1 where none refuses.
   */
  int refuser(Folded[] parts) {
    int refuser = -1;
    for (int i = 0; i < parts.length; i++) {
      Decision one = parts[i].decision();
      boolean refuses = one.outcome() == Outcome.REFUSED || one.outcome() == Outcome.IMPOSSIBLE;
      if (refuses && (refuser < 0 || isWorse(one, parts[refuser].decision()))) {
        refuser = i;
      }
    }
    return refuser;
  }

  private static boolean isWorse(Decision one, Decision other) {
    if (one.outcome() != other.outcome()) {
      return one.outcome() == Outcome.IMPOSSIBLE;
    }
    OptionalLong longest = other.retryAfterMillis();
    return longest.isPresent()
        && one.retryAfterMillis().orElse(Long.MAX_VALUE) > longest.getAsLong();
  }

  /** What the limit with an index has refused is refused by all. */
  Decision refused(int limit, Decision why, long count) {
    String reason = reason(limit, why);
    Decision decision =
        why.outcome() == Outcome.IMPOSSIBLE
            ? decisions.impossible(reason, count, why.atMillis())
            : decisions.refused(reason, count, why.atMillis());
    return by(limit, decision);
  }

  /** None refuses: where they only observe, the first is named that would have. */
  Decision accepted(Folded[] parts, long count, long atMillis) {
    for (int i = 0; i < parts.length; i++) {
      Decision one = parts[i].decision();
      if (one.details().wouldRefuse()) {
        return by(i, decisions.observed(reason(i, one), count, atMillis));
      }
    }
    return decisions.accepted(count, atMillis);
  }

  /** What comes back is told as the most that came back under a limit. */
  Decision released(Released[] parts, long count, long atMillis) {
    long most = 0;
    boolean nothing = true;
    int refuser = -1;
    for (int i = 0; i < parts.length; i++) {
      Decision one = parts[i].folded().decision();
      long amount = one.details().released().orElse(0);
      most = Math.abs(amount) > Math.abs(most) ? amount : most;
      nothing &= one.reason().filter(Decisions.NOTHING_LEFT::equals).isPresent();
      refuser = refuser < 0 && one.details().wouldRefuse() ? i : refuser;
    }
    if (nothing) {
      return decisions.nothingReleased(count, atMillis);
    }
    if (refuser < 0) {
      return decisions.released(most, count, atMillis);
    }
    String reason = reason(refuser, parts[refuser].folded().decision());
    return by(refuser, decisions.released(most, Optional.of(reason), count, atMillis));
  }

  /** The same, saying how the counter stands under each limit, and what follows for all. */
  Decision under(List<LimitCount> limits, Decision decision) {
    var refusedBy =
        decision.details().limits().map(Decision.Limits::refusedBy).orElse(OptionalInt.empty());
    Details details = decision.details().with(new Decision.Limits(limits, refusedBy));
    return decision.freeing(moreAfterMillis(limits), freeAfterMillis(limits)).with(details);
  }

  /** Until more fits under all: where several have the least left, until all of them have more. */
  static OptionalLong moreAfterMillis(List<LimitCount> limits) {
    long least = LimitCount.remaining(limits).orElseThrow();
    long longest = 0;
    for (LimitCount each : limits) {
      if (each.remaining() == least && each.moreAfterMillis().isEmpty()) {
        return OptionalLong.empty();
      }
      longest =
          each.remaining() == least
              ? Math.max(longest, each.moreAfterMillis().getAsLong())
              : longest;
    }
    return OptionalLong.of(longest);
  }

  /** Until all of them are free. */
  static OptionalLong freeAfterMillis(List<LimitCount> limits) {
    long longest = 0;
    for (LimitCount each : limits) {
      if (each.freeAfterMillis().isEmpty()) {
        return OptionalLong.empty();
      }
      longest = Math.max(longest, each.freeAfterMillis().getAsLong());
    }
    return OptionalLong.of(longest);
  }

  private static Decision by(int limit, Decision decision) {
    var limits = new Decision.Limits(List.of(), OptionalInt.of(limit));
    return decision.with(decision.details().with(limits));
  }

  private static String reason(int limit, Decision why) {
    return "limits[" + limit + "]: " + why.reason().orElse("refused");
  }
}
