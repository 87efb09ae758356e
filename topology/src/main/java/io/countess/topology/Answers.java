package io.countess.topology;

import io.countess.event.Decision;
import io.countess.event.LogFormat;
import io.countess.event.Outcome;
import io.countess.event.Position;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Tells what became of records: the listener always, and who waits for a decision. That one is told
 * only once the progress of the partition includes the record: who asks next may demand no less.
 */
final class Answers {
  private static final Set<Outcome> NEVER =
      EnumSet.of(Outcome.IMPOSSIBLE, Outcome.CONFLICT, Outcome.OUTDATED);

  private final FoldListener listener;
  private final DeadLetters deadLetters;
  private final int partition;
  private byte[] caller;
  private Decision decision;

  Answers(FoldListener listener, DeadLetters deadLetters, int partition) {
    this.listener = listener;
    this.deadLetters = deadLetters;
    this.partition = partition;
  }

  /** A policy was decided. What could never be done is a dead letter where nobody waits for it. */
  void decided(Incoming in, Decision decided) {
    decided(in, decided, NEVER.contains(decided.outcome()));
  }

  /**
   * A record about a counter was decided. What its counter could not remember the id of is refused
   * for no fault of its sender, and could count later: so it is a dead letter where nobody waits
   * for it. What is only too much is a decision like a refusal, and none.
   */
  void decided(Incoming in, CounterFold.Carried carried) {
    Decision decided = carried.decision();
    boolean isLetter =
        switch (carried.because()) {
          case OVER_IDS -> true;
          case NEVER_FITS -> false;
          case OF_ITS_OUTCOME -> NEVER.contains(decided.outcome());
        };
    decided(in, decided, isLetter);
    if (carried.because() == CounterFold.Because.OVER_IDS) {
      listener.overIds(partition);
    }
  }

  private void decided(Incoming in, Decision decided, boolean isLetter) {
    listener.folded(partition, decided);
    caller = caller(in.record());
    if (caller != null) {
      decision = at(in.offset(), decided);
    } else if (isLetter) {
      deadLetters.bury(in.record(), in.offset(), decided.reason().orElse("impossible"));
    }
  }

  /** A record can't be folded. */
  void unreadable(Record<byte[], byte[]> record, long offset, String reason) {
    deadLetters.bury(record, offset, reason);
    caller = caller(record);
    if (caller != null) {
      decision = at(offset, impossible(reason, record.timestamp()));
    }
  }

  /** The record has been folded: who waits for its decision, if anybody, is told. */
  void folded() {
    if (caller != null) {
      listener.decided(caller, decision);
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

  /** Who may wait for the decision, or null. A header without a value is nobody. */
  private static byte[] caller(Record<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(LogFormat.CALLER_HEADER);
    return header == null ? null : header.value();
  }
}
