package io.countess.topology;

import io.countess.event.Decision;
import io.countess.event.LogFormat;
import io.countess.event.Outcome;
import io.countess.event.Position;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;

/** Tells what became of records: the listener always, and who waits for a decision. */
final class Answers {
  private static final Set<Outcome> NEVER =
      EnumSet.of(Outcome.IMPOSSIBLE, Outcome.CONFLICT, Outcome.OUTDATED);

  private final FoldListener listener;
  private final DeadLetters deadLetters;
  private final int partition;

  Answers(FoldListener listener, DeadLetters deadLetters, int partition) {
    this.listener = listener;
    this.deadLetters = deadLetters;
    this.partition = partition;
  }

  /** A record was decided. What could never be done is a dead letter where nobody waits for it. */
  void decided(Incoming in, Decision decision) {
    listener.folded(partition, decision);
    Optional<byte[]> caller = caller(in.record());
    if (caller.isPresent()) {
      listener.decided(caller.get(), at(in.offset(), decision));
    } else if (NEVER.contains(decision.outcome())) {
      bury(in, decision);
    }
  }

  /**
   * A record about a counter was decided. What its counter could not remember the id of is refused
   * for no fault of its sender, and could count later: so it too is a dead letter where nobody
   * waits for it.
   */
  void decided(Incoming in, CounterFold.Carried carried) {
    decided(in, carried.decision());
    if (carried.overIds()) {
      listener.overIds(partition);
      if (caller(in.record()).isEmpty()) {
        bury(in, carried.decision());
      }
    }
  }

  private void bury(Incoming in, Decision decision) {
    deadLetters.bury(in.record(), in.offset(), decision.reason().orElse("impossible"));
  }

  /** A record can't be folded. */
  void unreadable(Record<byte[], byte[]> record, long offset, String reason) {
    deadLetters.bury(record, offset, reason);
    caller(record)
        .ifPresent(
            caller -> listener.decided(caller, at(offset, impossible(reason, record.timestamp()))));
  }

  /** The decision that something can never be done, whatever the count is. */
  static Decision impossible(String reason, long atMillis) {
    var none = OptionalLong.empty();
    return new Decision(
        Outcome.IMPOSSIBLE, Optional.of(reason), none, none, none, atMillis, Optional.empty());
  }

  /** A decision that is given once more has the place of the first. */
  private Decision at(long offset, Decision decision) {
    return decision.position().isPresent() ? decision : decision.at(Position.of(partition, offset));
  }

  /** Who may wait for the decision. A header without a value is nobody. */
  private static Optional<byte[]> caller(Record<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(LogFormat.CALLER_HEADER);
    return Optional.ofNullable(header).map(Header::value);
  }
}
