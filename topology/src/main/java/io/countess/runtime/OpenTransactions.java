package io.countess.runtime;

import io.countess.answer.OpenTransaction;
import io.countess.background.PeriodicTasks;
import io.countess.event.LogFormat;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/**
 * The transactions that hold the fold up, looked for every second, on a thread of its own since
 * brokers may take long to answer.
 */
public final class OpenTransactions implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final TransactionWatch watch;
  private final int partitions;
  private final PeriodicTasks tasks = new PeriodicTasks("countess-transactions");

  private OpenTransactions(TransactionWatch watch, int partitions) {
    this.watch = watch;
    this.partitions = partitions;
  }

  /** Starts to look, through {@code admin}. */
  public static OpenTransactions watch(Admin admin, String applicationId, int partitions) {
    var brokers = new KafkaTransactions(admin, applicationId, partitions);
    var watch = new TransactionWatch(brokers, applicationId, System::nanoTime);
    var open = new OpenTransactions(watch, partitions);
    open.tasks.every(LOOK, watch::look);
    return open;
  }

  /** Those that hang, and those that have held the log up for long. */
  public List<OpenTransaction> now() {
    return watch.open();
  }

  /** For how long each partition of the log can't be read further though there is more in it. */
  public SortedMap<Integer, Duration> heldUp() {
    var durations = new TreeMap<Integer, Duration>();
    for (int partition = 0; partition < partitions; partition++) {
      var where = new TopicPartition(LogFormat.EVENTS_TOPIC, partition);
      durations.put(partition, watch.heldUp(where));
    }
    return durations;
  }

  /** How many hung and were ended from here. */
  public long ended() {
    return watch.ended();
  }

  @Override
  public void close() {
    tasks.close();
  }
}
