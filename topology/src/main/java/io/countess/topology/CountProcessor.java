package io.countess.topology;

import io.countess.fold.PartitionFold;
import io.countess.state.PartitionReader;
import io.countess.state.PartitionState;
import io.countess.store.Catalog;
import io.countess.store.HotStore;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Has the records of one partition folded in a task of Kafka Streams.
 *
 * <p>It goes on in the log where the state stops, whatever the group has committed: see {@link
 * Resumption}. Records before that are passed over. A record that comes too early is not folded:
 * others would be taken for folded, for ever.
 */
final class CountProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private final FoldSpec spec;
  private final StreamsRecord current = new StreamsRecord();
  private ProcessorContext<byte[], byte[]> context;
  private HotStore store;
  private PartitionState state;
  private PartitionReader reader;
  private LogCursor cursor;
  private PartitionFold fold;
  private Outbox outbox;
  private Housekeeping housekeeping;
  private int partition;

  CountProcessor(FoldSpec spec) {
    this.spec = spec;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    partition = context.taskId().partition();
    store = context.getStateStore(Catalog.STORE);
    state = store.state();
    cursor = spec.cursors().ofThisThread();
    PartitionReader opened = new Resumption(spec, context, store).open(cursor);
    state.afterGap(from -> cursor.afterGap(partition, from));
    outbox = new Outbox(spec, partition, state);
    state.beforeFlush(outbox::flush);
    var deadLetters = new DeadLetters(context, spec);
    var effects = new StreamsEffects(partition, spec.observers(), outbox, deadLetters);
    var log = new BrokersLog(spec.log(), spec.partitions());
    fold = new PartitionFold(partition, state, log, effects);
    housekeeping = new Housekeeping(context, store, fold, outbox, opened);
    reader = opened;
    spec.observers().opened(reader);
  }

  @Override
  public void close() {
    if (reader != null) {
      spec.observers().closed(reader);
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
      requireNext(offset);
      if (fold.fold(current.of(record, offset)) && state.isFull()) {
        context.commit();
      }
    } catch (RuntimeException failure) {
      throw store.failed(failure);
    }
  }

  /** That thread is replaced, and the partition opened anew: where it has to be read from again. */
  private void requireNext(long offset) {
    long next = state.checkpoint().next();
    if (offset > next && cursor.afterGap(partition, next) < offset) {
      throw new IllegalStateException(
          "offset %d of partition %d was to be folded, and comes too early after %d"
              .formatted(offset, partition, next - 1));
    }
  }
}
