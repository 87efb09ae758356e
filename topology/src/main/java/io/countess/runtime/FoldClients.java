package io.countess.runtime;

import io.countess.topology.LogCursor;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArraySet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/** Makes the clients of Kafka Streams as it does itself, and knows how far its threads read. */
final class FoldClients implements KafkaClientSupplier, LogCursor.Factory {
  private static final Fetched NOTHING = new Fetched();

  private final int partitions;
  private final Set<FoldConsumer> consumers = new CopyOnWriteArraySet<>();

  /** Clients of a fold of so many partitions. */
  FoldClients(int partitions) {
    this.partitions = partitions;
  }

  /**
   * How far each partition is read and folded that this instance has.
   *
   * @param open those that can be folded; others are on their way
   */
  SortedMap<Integer, Reached> reached(PartitionRegistry open) {
    var fetched = new HashMap<Integer, Fetched>();
    consumers.forEach(consumer -> fetched.putAll(consumer.fetched()));
    var reached = new TreeMap<Integer, Reached>();
    fetched.forEach((partition, read) -> reached.put(partition, read.unfolded()));
    open.all()
        .forEach(
            (partition, reader) -> {
              Fetched read = fetched.getOrDefault(partition, NOTHING);
              reached.put(partition, read.folded(reader.progress().offset()));
            });
    return reached;
  }

  @Override
  public LogCursor ofThisThread() {
    String thread = Thread.currentThread().getName();
    return consumers.stream()
        .filter(consumer -> consumer.isOf(thread))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(thread + " reads no log"));
  }

  @Override
  public Admin getAdmin(Map<String, Object> settings) {
    return Admin.create(settings);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> settings) {
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> settings) {
    LogAssignor.use(partitions, settings);
    var consumer = new FoldConsumer(settings, consumers::remove);
    consumers.add(consumer);
    return consumer;
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> settings) {
    return other(settings);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> settings) {
    return other(settings);
  }

  private static Consumer<byte[], byte[]> other(Map<String, Object> settings) {
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
