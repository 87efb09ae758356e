package io.countess.fold;

import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import io.countess.event.Outcome;
import io.countess.event.codec.ClockStamp;
import io.countess.event.codec.EventCodec;
import io.countess.state.PartitionState;
import java.util.Optional;

/**
 * Folds the records of one partition: check, read the row, count, write the row, answer. Its
 * decisions depend on the records alone, and on nothing else that its driver does.
 *
 * <p>Whatever goes wrong half way leaves rows in memory that no record stands for, so the state is
 * poisoned before the exception goes on.
 */
public final class PartitionFold {
  private final int partition;
  private final int partitions;
  private final PartitionState state;
  private final Effects effects;
  private final CounterFold counters;
  private final PolicyFold policies;
  private final CounterPolicyFold counterPolicies;
  private final Inbox inbox;
  private final Answers answers;
  private final DeadRows deadRows;

  /**
   * Goes on where an open state stops.
   *
   * @param partition which one it is
   */
  public PartitionFold(int partition, PartitionState state, FoldedLog log, Effects effects) {
    this.partition = partition;
    this.partitions = log.partitions();
    this.state = state;
    this.effects = effects;
    policies = new PolicyFold(state);
    counterPolicies = new CounterPolicyFold(state);
    counters = new CounterFold(state, partition, counterPolicies);
    inbox = new Inbox(partition, state, log, effects);
    answers = new Answers(partition, effects);
    deadRows = new DeadRows(state);
  }

  /**
   * Folds a record, unless it was folded before.
   *
   * @return whether it was new
   */
  public boolean fold(LogRecord record) {
    try {
      if (record.offset() < state.checkpoint().next()) {
        return false;
      }
      foldNew(record);
      state.folded(record.offset());
      answers.folded();
      deadRows.afterRecord();
      return true;
    } catch (RuntimeException failure) {
      state.poison();
      throw failure;
    }
  }

  /**
   * Does a little of what has to be done beside the records: dead rows go, and rows from before a
   * reset are swept away. None of it changes a count.
   *
   * @return whether there is more
   */
  public boolean work() {
    try {
      return deadRows.work();
    } catch (RuntimeException failure) {
      state.poison();
      throw failure;
    }
  }

  private void foldNew(LogRecord record) {
    if (inbox.isForeign(record)) {
      return;
    }
    Optional<ForwardMark> mark =
        ForwardMark.of(record)
            .filter(m -> m.isPossible(partition, partitions, record.timestamp()))
            .filter(inbox::isThere);
    if (mark.isPresent() && !inbox.isNext(mark.get())) {
      return;
    }
    try {
      long atMillis = mark.isPresent() ? mark.get().atMillis() : Incoming.ownTime(record);
      Placement.checkTime(atMillis);
      if (mark.isEmpty()) {
        Placement.checkSize(record);
      }
      Event event = EventCodec.decode(record.value(), record.key());
      if (event instanceof Event.Tick) {
        passTime(new Incoming(record, event, null, atMillis), mark.isPresent());
      } else {
        Placement place = Placement.of(record.key(), partitions);
        dispatch(new Incoming(record, event, place, atMillis), mark);
      }
    } catch (InvalidInputException invalid) {
      answers.unreadable(record, invalid.getMessage());
    }
    mark.ifPresent(m -> state.received(m.partition(), m.offset()));
  }

  private void dispatch(Incoming in, Optional<ForwardMark> mark) {
    boolean home = in.place().home() == partition;
    if (home) {
      Incoming now = passTime(in, mark.isPresent());
      if (in.isPolicyChange()) {
        decidePolicy(in, now);
      } else {
        answers.decided(now, counters.decide(now));
      }
    } else if (in.isForAll() && mark.isPresent() && mark.get().partition() == in.place().home()) {
      state.passTo(in.atMillis());
      policies.follow(in, mark.get().offset());
      state.followed(in.place().home(), mark.get().offset());
    } else if (mark.isEmpty()) {
      forward(in.place().home(), in);
    } else {
      throw new InvalidInputException("partition", "is not the record's, though it was forwarded");
    }
  }

  /**
   * Lets time pass by a record, and answers it as it happens. What another partition forwarded has
   * its own time, also where its server stamped it by the clock of that one. So has what happened
   * long before its timestamp.
   */
  private Incoming passTime(Incoming in, boolean forwarded) {
    boolean ownTime = forwarded || in.happenedBefore();
    Optional<ClockStamp> stamp = ownTime ? Optional.empty() : Incoming.stamp(in.record());
    if (stamp.isPresent()) {
      return in.stampedAt(state.passTo(in.atMillis(), stamp.get()));
    }
    state.passTo(in.atMillis());
    return in;
  }

  /** Others follow at the time of the record: each partition has a clock of its own. */
  private void decidePolicy(Incoming in, Incoming now) {
    if (now.event() instanceof Event.ChangePolicy change && !now.isForAll()) {
      answers.decided(now, counterPolicies.decide(now, change));
      return;
    }
    Decision decision = policies.decide(now);
    if (decision.outcome() == Outcome.ACCEPTED) {
      for (int other = 0; other < partitions; other++) {
        if (other != partition) {
          forward(other, in);
        }
      }
    }
    answers.decided(now, decision);
  }

  private void forward(int to, Incoming in) {
    long previous = state.checkpoint().sentTo(to);
    var mark = new ForwardMark(partition, in.offset(), previous, in.atMillis());
    effects.forward(to, in.place().key(), in.record(), mark);
    state.checkpoint().sent(to, in.offset());
  }
}
