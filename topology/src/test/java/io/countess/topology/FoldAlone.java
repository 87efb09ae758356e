package io.countess.topology;

import io.countess.event.ByteString;
import io.countess.event.Decision;
import io.countess.fold.Effects;
import io.countess.fold.FoldedLog;
import io.countess.fold.ForwardMark;
import io.countess.fold.LogRecord;
import io.countess.fold.Skipped;
import io.countess.fold.StandaloneFold;
import io.countess.state.InMemoryRows;
import io.countess.state.PartitionReader;
import io.countess.state.PartitionState;
import io.countess.state.TimeSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.Record;

/** A partition that is read by its fold alone, without Kafka Streams: rows in a map, no timers. */
final class FoldAlone implements Effects {
  /** What became of a record. */
  record Told(
      List<Decision> decided,
      List<Decision> answered,
      List<String> buried,
      List<String> forwarded,
      List<Skipped> skipped) {
    Told() {
      this(
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>());
    }
  }

  private final int partition;
  private final FoldedLog log;
  private final InMemoryRows rows = new InMemoryRows();
  private StandaloneFold fold;
  private Told told = new Told();

  FoldAlone(int partition, FoldedLog log, int hotRows) {
    this.partition = partition;
    this.log = log;
    open(hotRows);
  }

  /** Goes on with what has been flushed. */
  void open(int hotRows) {
    var state = new PartitionState(rows, hotRows);
    fold = StandaloneFold.open(partition, state, TimeSource.SYSTEM, log, this);
  }

  PartitionReader reader() {
    return fold.reader();
  }

  InMemoryRows rows() {
    return rows;
  }

  /** Where the log goes on. */
  long next() {
    return fold.next();
  }

  Told fold(Record<byte[], byte[]> record, long offset) {
    told = new Told();
    fold.fold(new StreamsRecord().of(record, offset));
    return told;
  }

  void flush() {
    fold.flush();
  }

  void work() {
    fold.work();
  }

  @Override
  public void decided(byte[] key, LogRecord record, Decision decision) {
    told.decided.add(decision);
  }

  @Override
  public void answer(byte[] caller, Decision decision) {
    told.answered.add(decision);
  }

  @Override
  public void overIds() {}

  @Override
  public void bury(LogRecord record, String reason) {
    told.buried.add(reason);
  }

  @Override
  public void forward(int to, byte[] key, LogRecord record, ForwardMark mark) {
    told.forwarded.add(shown(to, key, record.value(), mark));
  }

  /** A record on its way, whatever is known of those before it. */
  static String shown(int to, byte[] key, byte[] value, ForwardMark mark) {
    return to + " " + text(key) + " " + text(value) + " " + mark.settled(false);
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "nothing" : ByteString.of(bytes).toString();
  }

  @Override
  public void skipped(Skipped reason) {
    told.skipped.add(reason);
  }
}
