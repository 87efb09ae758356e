package io.countess.cli.soak;

import io.countess.client.Counts;
import io.countess.client.ProblemException;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.LogFormat;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Puts on counters one after the other, over HTTP and as a Kafka producer does, in right partitions
 * and in wrong ones, and keeps the books on what is known of each.
 */
final class Puts implements AutoCloseable {
  static final ByteString NAMESPACE = ByteString.utf8("load");
  static final int KEYS = 40;

  private static final int CALLERS = 4;
  private static final int NOT_SENT = 503;
  private static final long BETWEEN_NANOS = Duration.ofMillis(1).toNanos();

  private final List<Counts> instances;
  private final KafkaProducer<byte[], byte[]> producer;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<CompletableFuture<Void>> running = new ArrayList<>();
  private final AtomicLongArray least = new AtomicLongArray(KEYS);
  private final AtomicLongArray most = new AtomicLongArray(KEYS);
  private volatile boolean stopped;

  Puts(List<Counts> instances, String bootstrapServers) {
    this.instances = instances;
    var bytes = new ByteArraySerializer();
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrapServers, "request.timeout.ms", 5000);
    producer = new KafkaProducer<>(settings, bytes, bytes);
  }

  void start() {
    for (int caller = 0; caller < CALLERS; caller++) {
      running.add(CompletableFuture.runAsync(this::call, threads));
    }
    running.add(CompletableFuture.runAsync(this::append, threads));
  }

  static CounterName key(int i) {
    return new CounterName(NAMESPACE, ByteString.utf8("key" + i));
  }

  /** How many were acknowledged. */
  long acknowledged() {
    long sum = 0;
    for (int i = 0; i < KEYS; i++) {
      sum += least.get(i);
    }
    return sum;
  }

  /** The least that a counter may count now: what was acknowledged before. */
  long least(int i) {
    return least.get(i);
  }

  /** The most that a counter may count now: with that of which nothing is known. */
  long most(int i) {
    return most.get(i);
  }

  private void call() {
    while (!stopped) {
      int i = ThreadLocalRandom.current().nextInt(KEYS);
      Counts instance = instances.get(ThreadLocalRandom.current().nextInt(instances.size()));
      most.incrementAndGet(i);
      try {
        instance.put(key(i), 1);
        least.incrementAndGet(i);
      } catch (ProblemException problem) {
        if (problem.problem().status() == NOT_SENT) {
          most.decrementAndGet(i);
        }
        LockSupport.parkNanos(BETWEEN_NANOS);
      } catch (UncheckedIOException noAnswer) {
        LockSupport.parkNanos(BETWEEN_NANOS);
      }
    }
  }

  private void append() {
    while (!stopped) {
      int i = ThreadLocalRandom.current().nextInt(KEYS);
      int partition = ThreadLocalRandom.current().nextInt(Services.PARTITIONS);
      byte[] key = Home.key(key(i));
      most.incrementAndGet(i);
      var unused =
          producer.send(
              new ProducerRecord<>(LogFormat.EVENTS_TOPIC, partition, key, new byte[0]),
              (stands, problem) -> {
                if (problem == null) {
                  least.incrementAndGet(i);
                }
              });
      LockSupport.parkNanos(BETWEEN_NANOS);
    }
  }

  /** Ends it, when all that was sent is known as far as it ever will be. */
  void stop() {
    stopped = true;
    running.forEach(CompletableFuture::join);
    producer.flush();
  }

  @Override
  public void close() {
    stopped = true;
    producer.close(Duration.ZERO);
    threads.shutdownNow();
  }
}
