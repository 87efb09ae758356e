package io.countess.topology;

import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import io.countess.event.Outcome;
import io.countess.event.codec.ClockStamp;
import io.countess.event.codec.EventCodec;
import io.countess.state.Catalog;
import io.countess.state.HotStore;
import io.countess.state.PartitionReader;
import io.countess.state.PartitionState;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Folds the records of one partition: check, read the row, count, write the row, answer.
 *
 * <p>It goes on in the log where the state stops, whatever the group has committed: see {@link
 * Resumption}. Records before that are passed over, and one that comes too early is not folded: it
 * would have others counted as if they had been folded, for ever.
 *
 * <p>Whatever goes wrong half way leaves rows in memory that no record stands for, so the state is
 * poisoned before the exception goes on.
 */
final class CountProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private final FoldSpec spec;
  private ProcessorContext<byte[], byte[]> context;
  private PartitionState state;
  private PartitionReader reader;
  private LogCursor cursor;
  private CounterFold counters;
  private PolicyFold policies;
  private Inbox inbox;
  private Outbox outbox;
  private Answers answers;
  private Housekeeping housekeeping;
  private int partition;

  CountProcessor(FoldSpec spec) {
    this.spec = spec;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    partition = context.taskId().partition();
    HotStore store = context.getStateStore(Catalog.STORE);
    state = store.state();
    cursor = spec.cursors().ofThisThread();
    PartitionReader opened = new Resumption(spec, context, store).open(cursor);
    state.afterGap(from -> cursor.afterGap(partition, from));
    inbox = new Inbox(spec, state, partition);
    outbox = new Outbox(spec, context, state);
    state.beforeFlush(outbox::flush);
    var deadLetters = new DeadLetters(context, spec);
    answers = new Answers(spec.listener(), deadLetters, partition);
    counters = new CounterFold(state, partition);
    policies = new PolicyFold(state);
    housekeeping = new Housekeeping(context, store, outbox, opened);
    reader = opened;
    spec.listener().opened(reader);
  }

  @Override
  public void close() {
    if (reader != null) {
      spec.listener().closed(reader);
      housekeeping.stop();
      outbox.close();
      cursor.leave(partition);
      reader = null;
    }
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    try {
      long offset = context.recordMetadata().orElseThrow().offset();
      if (offset < state.meta().next()) {
        return;
      }
      requireNext(offset);
      fold(record, offset);
      state.folded(offset);
      answers.folded();
      housekeeping.afterRecord();
    } catch (RuntimeException failure) {
      throw state.failed(failure);
    }
  }

  /** That thread is replaced, and the partition opened anew: where it has to be read from again. */
  private void requireNext(long offset) {
    long next = state.meta().next();
    if (offset > next && cursor.afterGap(partition, next) < offset) {
      throw new IllegalStateException(
          "offset %d of partition %d was to be folded, and comes too early after %d"
              .formatted(offset, partition, next - 1));
    }
  }

  private void fold(Record<byte[], byte[]> record, long offset) {
    if (inbox.isForeign(record.headers())) {
      return;
    }
    Optional<ForwardMark> mark =
        ForwardMark.of(record.headers())
            .filter(m -> m.isPossible(partition, spec.partitions(), record.timestamp()))
            .filter(inbox::isThere);
    if (mark.isPresent() && !inbox.isNext(mark.get())) {
      return;
    }
    try {
      long atMillis = mark.map(ForwardMark::atMillis).orElse(record.timestamp());
      Placement.checkTime(atMillis);
      if (mark.isEmpty()) {
        Placement.checkSize(record);
      }
      Event event = EventCodec.decode(record.value(), record.key());
      if (event instanceof Event.Tick) {
        passTime(new Incoming(record, event, null, atMillis, offset), mark.isPresent());
      } else {
        Placement place = Placement.of(record.key(), spec.partitions());
        dispatch(new Incoming(record, event, place, atMillis, offset), mark);
      }
    } catch (InvalidInputException invalid) {
      answers.unreadable(record, offset, invalid.getMessage());
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
    } else if (in.isPolicyChange()
        && mark.isPresent()
        && mark.get().partition() == in.place().home()) {
      state.passTo(in.atMillis());
      policies.follow(in, mark.get().offset());
      state.followed(in.place().home(), mark.get().offset());
    } else if (mark.isEmpty()) {
      outbox.forward(in.place().home(), in);
    } else {
      throw new InvalidInputException("partition", "is not the record's, though it was forwarded");
    }
  }

  /**
   * Lets time pass by a record, and answers it as it happens. What another partition forwarded has
   * its own time, also where its server stamped it by the clock of that one.
   */
  private Incoming passTime(Incoming in, boolean forwarded) {
    Optional<ClockStamp> stamp = forwarded ? Optional.empty() : Incoming.stamp(in.record());
    if (stamp.isPresent()) {
      return in.stampedAt(state.passTo(in.atMillis(), stamp.get()));
    }
    state.passTo(in.atMillis());
    return in;
  }

  /** Others follow at the time of the record: each partition has a clock of its own. */
  private void decidePolicy(Incoming in, Incoming now) {
    Decision decision = policies.decide(now);
    if (decision.outcome() == Outcome.ACCEPTED) {
      for (int other = 0; other < spec.partitions(); other++) {
        if (other != partition) {
          outbox.forward(other, in);
        }
      }
    }
    answers.decided(now, decision);
  }
}
