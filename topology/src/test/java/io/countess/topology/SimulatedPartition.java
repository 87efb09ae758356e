package io.countess.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Decision;
import io.countess.event.LogFormat;
import io.countess.state.PartitionReader;
import io.countess.store.HotStore;
import io.countess.store.SimulatedDisk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The fold of one partition, which commits, does its housekeeping and crashes when it is told to.
 * What it forwards arrives late, or at a crash in part.
 */
final class SimulatedPartition {
  /** Decisions by offset, of every time that a record was folded. */
  final TreeMap<Long, List<Decision>> decisions = new TreeMap<>();

  private final int partition;
  private final SimulatedLog log;
  private final SimulatedDisk disk;
  private final List<Forwarder.Outgoing> onTheirWay = new ArrayList<>();
  private final RecordingObserver heard = new RecordingObserver();
  final FakeCursor cursor = new FakeCursor();
  private final FakeMachine machine = new FakeMachine(FoldFixture.START);
  private MockProcessorContext<byte[], byte[]> context;
  private CountProcessor processor;
  private HotStore store;
  private long next;

  SimulatedPartition(int partition, SimulatedLog log) {
    this(partition, log, new SimulatedDisk());
  }

  SimulatedPartition(int partition, SimulatedLog log, SimulatedDisk disk) {
    this.disk = disk;
    this.partition = partition;
    this.log = log;
    open();
  }

  PartitionReader reader() {
    return heard.reader;
  }

  boolean isBehind() {
    return next < log.size(partition);
  }

  /** Folds the next record, if there is one. */
  void fold() {
    if (isBehind()) {
      context.setRecordMetadata(LogFormat.EVENTS_TOPIC, partition, next);
      Record<byte[], byte[]> stored = log.read(partition, next);
      int before = heard.decisions.size();
      processor.process(stored.withHeaders(new RecordHeaders(stored.headers())));
      if (heard.decisions.size() > before) {
        decisions
            .computeIfAbsent(next, offset -> new ArrayList<>())
            .add(heard.decisions.get(before));
      }
      next++;
    }
  }

  /** Loses sight of the next record. */
  void skip() {
    next++;
  }

  /** Lets some of what was forwarded arrive. */
  void deliver(int most) {
    for (int i = 0; i < most && !onTheirWay.isEmpty(); i++) {
      log.append(onTheirWay.remove(0));
    }
  }

  void commit() {
    store.flushCache();
    assertThat(store.state().addsUp()).isTrue();
    disk.commit();
    cursor.committed = OptionalLong.of(next);
  }

  void housekeeping(long nowMillis) {
    machine.pass(Duration.ofMillis(nowMillis - machine.wallMillis()));
    context.setCurrentSystemTimeMs(nowMillis);
    for (var scheduled : context.scheduledPunctuators()) {
      if (!scheduled.cancelled()) {
        scheduled.getPunctuator().punctuate(nowMillis);
      }
    }
  }

  /** The process dies: but for some of what was forwarded, all since the last commit is lost. */
  void crash(int lost, int arrive) {
    arrive(lost, arrive);
    open();
  }

  /**
   * The task is closed dirty and revived, as after a corruption: Kafka Streams flushes its caches
   * into a transaction that is aborted, and uses store, processor and context again.
   */
  void revive(int lost, int arrive) {
    arrive(lost, arrive);
    store.flushCache();
    processor.close();
    store.close();
    store.init(context.getStateStoreContext(), store);
    disk.restore();
    processor.init(context);
    next = cursor.position;
  }

  /** The process dies, and its state is older afterwards than what the group has committed. */
  void loseState(SplittableRandom random, int arrive) {
    arrive(0, arrive);
    switch (random.nextInt(4)) {
      case 0 -> disk.tear(random);
      case 1 -> disk.loseMiddle(random);
      default -> disk.loseEnd(random);
    }
    open();
  }

  private void arrive(int lost, int arrive) {
    onTheirWay.subList(0, Math.min(lost, onTheirWay.size())).clear();
    deliver(arrive);
    onTheirWay.clear();
  }

  private void open() {
    context = new MockProcessorContext<>(new Properties(), new TaskId(0, partition), null);
    context.setCurrentSystemTimeMs(FoldFixture.START.toEpochMilli());
    store = disk.open(5);
    store.init(context.getStateStoreContext(), store);
    processor =
        new CountProcessor(
            new FoldSpec(
                log.partitions(),
                log,
                () -> cursor,
                InOrder::new,
                new FoldObservers(List.of(heard)),
                machine.source()));
    processor.init(context);
    next = cursor.position;
  }

  private final class InOrder implements Forwarder {
    @Override
    public void send(Outgoing out) {
      onTheirWay.add(out);
    }

    @Override
    public void offer(Outgoing out, Consumer<Exception> failed) {
      send(out);
    }

    @Override
    public void flush() {
      deliver(Integer.MAX_VALUE);
    }

    @Override
    public void close() {
      onTheirWay.clear();
    }
  }
}
