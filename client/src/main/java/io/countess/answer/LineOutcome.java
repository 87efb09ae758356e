package io.countess.answer;

import io.countess.event.Decision;
import java.util.Arrays;
import java.util.Optional;

/** What became of a line of a load that waits until its lines are folded. */
public enum LineOutcome {
  /** It was carried out. */
  ACCEPTED("accepted"),
  /** It was carried out only because the policy observes and does not enforce. */
  WOULD_REFUSE("wouldRefuse"),
  /** It was carried out before under its id, and counts once. */
  REPLAYED("replayed"),
  /** The count would have left its bounds: nothing was changed. */
  REFUSED("refused"),
  /** It had already ended: it adds nothing. */
  LATE("late"),
  /** Its counter remembers as many ids as it can: nothing was changed. */
  OVER_IDS("overIds"),
  /** It can never be carried out under this policy: nothing was changed. */
  IMPOSSIBLE("impossible"),
  /** Its id was used for something else, or the policy is of another version. */
  CONFLICT("conflict"),
  /** Nobody could tell in time. It may be in the log, and then it has counted or will. */
  UNKNOWN("unknown"),
  /** It is no event that can be taken: it was not sent to the log. */
  REJECTED("rejected");

  private final String wireName;

  LineOutcome(String wireName) {
    this.wireName = wireName;
  }

  /** What a decision is for the line that led to it. */
  public static LineOutcome of(Decision decision) {
    var details = decision.details();
    return switch (decision.outcome()) {
      case ACCEPTED ->
          details.replayed() ? REPLAYED : details.wouldRefuse() ? WOULD_REFUSE : ACCEPTED;
      case LATE -> LATE;
      case REFUSED -> details.overIds() ? OVER_IDS : REFUSED;
      case IMPOSSIBLE -> IMPOSSIBLE;
      case CONFLICT, OUTDATED -> CONFLICT;
    };
  }

  /** The outcome with this name, if it is one that is known here. */
  public static Optional<LineOutcome> find(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
  }

  /** As it stands in JSON. */
  public String wireName() {
    return wireName;
  }

  /** Whether the log has the line for certain, and the fold has decided it. */
  public boolean isDecided() {
    return this != UNKNOWN && this != REJECTED;
  }

  /**
   * Whether such lines are listed one by one: those that did not count, or would not have. What was
   * replayed has counted.
   */
  public boolean isListed() {
    return this != ACCEPTED && this != REPLAYED;
  }
}
