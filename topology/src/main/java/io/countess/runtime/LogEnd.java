package io.countess.runtime;

import io.countess.event.LogFormat;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the log ends for readers of committed records, as the fold is one: before the first
 * transaction that is open.
 */
public final class LogEnd {
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int ASK_MILLIS = 2000;

  private final Admin admin;
  private final int partitions;
  private SortedMap<Integer, Long> latest = Collections.emptySortedMap();
  private long askedNanos = System.nanoTime() - FRESH_NANOS;

  public LogEnd(Admin admin, int partitions) {
    this.admin = admin;
    this.partitions = partitions;
  }

  /** As {@link #ask} tells, at most a second ago. */
  public synchronized SortedMap<Integer, Long> offsets() {
    if (System.nanoTime() - askedNanos >= FRESH_NANOS) {
      latest = ask();
      askedNanos = System.nanoTime();
    }
    return latest;
  }

  /**
   * The offset after the last record of each partition, now; empty where the brokers don't answer.
   */
  public SortedMap<Integer, Long> ask() {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      wanted.put(new TopicPartition(LogFormat.EVENTS_TOPIC, partition), OffsetSpec.latest());
    }
    var options = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED).timeoutMs(ASK_MILLIS);
    var ends = new TreeMap<Integer, Long>();
    try {
      admin
          .listOffsets(wanted, options)
          .all()
          .get(ASK_MILLIS, TimeUnit.MILLISECONDS)
          .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      return Collections.emptySortedMap();
    } catch (ExecutionException | TimeoutException noAnswer) {
      return Collections.emptySortedMap();
    }
    return ends;
  }
}
