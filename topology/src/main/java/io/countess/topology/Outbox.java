package io.countess.topology;

import io.countess.background.WarningThrottle;
import io.countess.event.Event;
import io.countess.event.LogFormat;
import io.countess.event.codec.EventCodec;
import io.countess.fold.ForwardMark;
import io.countess.fold.LogRecord;
import io.countess.state.LogId;
import io.countess.state.PartitionClock;
import io.countess.state.PartitionState;
import java.time.Duration;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a partition's fold appends to the log: records of other partitions, ticks of its own. */
final class Outbox {
  /**
   * The log might refuse a record that old when it is forwarded. So it goes on with a later time,
   * and its own in the mark.
   */
  static final long OLD_MILLIS = Duration.ofDays(5).toMillis();

  private static final byte[] TICK_KEY = {'/'};

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  private final WarningThrottle failedTicks = new WarningThrottle();

  private final FoldSpec spec;
  private final PartitionState state;
  private final int partition;

  /** For each partition, the last record forwarded to it that is known to have arrived. */
  private final long[] arrived;

  private Forwarder forwarder;

  Outbox(FoldSpec spec, int partition, PartitionState state) {
    this.spec = spec;
    this.partition = partition;
    this.state = state;
    this.arrived = new long[spec.partitions()];
    // Nothing was committed before what it stands for had arrived.
    Arrays.setAll(arrived, state.checkpoint()::sentTo);
  }

  /** Sends a record to the partition where it belongs, body untouched, under its canonical key. */
  void forward(int to, byte[] key, LogRecord record, ForwardMark mark) {
    boolean settled = mark.previous() >= 0 && mark.previous() == arrived[to];
    LogId log = BrokersLog.id(spec.log());
    var headers = new RecordHeaders();
    mark.settled(settled).write(record, log, headers::add);
    long nowMillis = spec.time().wall();
    long atMillis = mark.atMillis() < nowMillis - OLD_MILLIS ? nowMillis : mark.atMillis();
    forwarder().send(new Forwarder.Outgoing(to, key, record.value(), atMillis, headers));
    spec.observers().tell(it -> it.forwarded(partition));
  }

  /**
   * Brings the present into this partition, if the log takes the tick. It does not where the clock
   * of this machine is more than a minute ahead of the broker's. No count depends on it, only how
   * long dead rows stay.
   */
  void tick(PartitionClock clock) {
    long nowMillis = clock.wallMillis();
    var headers = new RecordHeaders();
    headers.add(LogFormat.CLOCK_HEADER, clock.stamp(nowMillis).encode());
    tick(nowMillis, headers);
  }

  /** Appends a record that lets no time pass beyond {@code atMillis}. */
  void tick(long atMillis) {
    tick(atMillis, new RecordHeaders());
  }

  private void tick(long nowMillis, Headers headers) {
    byte[] value = EventCodec.encode(new Event.Tick());
    forwarder()
        .offer(
            new Forwarder.Outgoing(partition, TICK_KEY, value, nowMillis, headers),
            this::tickFailed);
  }

  private void tickFailed(Exception problem) {
    spec.observers().tell(it -> it.tickFailed(partition));
    failedTicks.warn(
        LOG,
        "a tick of partition {} was not appended, so what has expired there stays for a while: {}",
        partition,
        problem.toString());
  }

  /** Waits until everything forwarded has arrived. */
  void flush() {
    if (forwarder != null) {
      forwarder.flush();
      Arrays.setAll(arrived, state.checkpoint()::sentTo);
    }
  }

  void close() {
    if (forwarder != null) {
      forwarder.close();
      forwarder = null;
    }
  }

  private Forwarder forwarder() {
    if (forwarder == null) {
      forwarder = spec.forwarders().create();
    }
    return forwarder;
  }
}
