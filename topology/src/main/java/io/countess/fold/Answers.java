package io.countess.fold;

import io.countess.event.Decision;
import io.countess.event.LogFormat;
import io.countess.event.Outcome;
import io.countess.event.Position;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the outcome of records to the fold's listener, and to the caller that waits for a decision.
 * The caller is told only once the progress of the partition includes the record, since its next
 * question may demand no less.
 */
final class Answers {
  private static final Set<Outcome> NEVER =
      EnumSet.of(Outcome.IMPOSSIBLE, Outcome.CONFLICT, Outcome.OUTDATED);

  private final int partition;
  private final Effects effects;

  /** Who may wait for the decision, or null. A header without a value is nobody. */
  private byte[] caller;

  private Decision decision;

  Answers(int partition, Effects effects) {
    this.partition = partition;
    this.effects = effects;
  }

  /** A policy was decided. What could never be done is a dead letter where nobody waits for it. */
  void decided(Incoming in, Decision decided) {
    decided(in, decided, NEVER.contains(decided.outcome()));
  }

  /**
   * A record about a counter was decided. An event whose id its counter could not remember is
   * refused for no fault of its sender, and could count later. So it is a dead letter where nobody
   * waits for it. An event that is only too large is a decision like a refusal, and no dead letter.
   */
  void decided(Incoming in, CounterFold.Result result) {
    Decision decided = result.decision();
    boolean isLetter =
        switch (result.because()) {
          case OVER_IDS -> true;
          case NEVER_FITS -> false;
          case OF_ITS_OUTCOME -> NEVER.contains(decided.outcome());
        };
    decided(in, decided, isLetter);
    if (result.because() == CounterFold.Because.OVER_IDS) {
      effects.overIds();
    }
  }

  private void decided(Incoming in, Decision decided, boolean isLetter) {
    effects.decided(in.place().key(), in.record(), decided);
    caller = in.record().header(LogFormat.CALLER_HEADER);
    if (caller != null) {
      decision = at(in.offset(), decided);
    } else if (isLetter) {
      effects.bury(in.record(), decided.reason().orElse("impossible"));
    }
  }

  /** A record can't be folded. */
  void unreadable(LogRecord record, String reason) {
    effects.bury(record, reason);
    caller = record.header(LogFormat.CALLER_HEADER);
    if (caller != null) {
      decision = at(record.offset(), impossible(reason, record.timestamp()));
    }
  }

  /** The record has been folded: the caller that waits for its decision, if any, is told. */
  void folded() {
    if (caller != null) {
      effects.answer(caller, decision);
      caller = null;
      decision = null;
    }
  }

  /** The decision that something can never be done, whatever the count is. */
  static Decision impossible(String reason, long atMillis) {
    return new Decision(Outcome.IMPOSSIBLE, Optional.of(reason), atMillis);
  }

  /** A decision that is given once more has the place of the first. */
  private Decision at(long offset, Decision decision) {
    return decision.position().isPresent() ? decision : decision.at(Position.of(partition, offset));
  }
}
