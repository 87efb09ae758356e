package io.countess.bench;

import io.countess.event.LogFormat;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/**
 * The log of Countess folded by {@code groupByKey().count()}: no windows, no end of anything, and a
 * record counts where it stands. A put is answered when the count has passed its new value on.
 */
final class PlainCount implements AutoCloseable {
  static final String GROUP = "bench-plain";

  private static final String STORE = "counts";
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

  private final Applied applied = new Applied();
  private final Echoes echoes;
  private final KafkaStreams streams;

  /** What it is for: one thing takes what makes the other slow. */
  enum Use {
    /** Puts that wait: the record cache would keep their answers until the next commit. */
    ANSWERS,

    /** Puts in bulk, with a record cache. */
    BULK
  }

  private PlainCount(BenchLog log, Use use) {
    echoes = new Echoes(LogFormat.EVENTS_TOPIC, OneRequestProducer.start(log.servers()));
    Properties settings = DslSettings.of(log, GROUP);
    if (use == Use.ANSWERS) {
      settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
      settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
    }
    streams = new KafkaStreams(topology(settings), settings);
  }

  /** Starts it, and does not wait until it runs. */
  static PlainCount start(BenchLog log, Use use) {
    var started = new PlainCount(log, use);
    started.streams.start();
    return started;
  }

  private Topology topology(Properties settings) {
    var builder = new StreamsBuilder();
    builder.stream(LogFormat.EVENTS_TOPIC, Consumed.with(Serdes.String(), Serdes.ByteArray()))
        .peek((key, value) -> applied.one())
        .groupByKey(Grouped.with(Serdes.String(), Serdes.ByteArray()))
        .count(Materialized.<String, Long, KeyValueStore<Bytes, byte[]>>as(STORE))
        .toStream()
        .process(() -> new Answering(echoes));
    return builder.build(settings);
  }

  /** Whether it runs and its threads have divided their work. */
  boolean isReady() {
    return streams.state() == KafkaStreams.State.RUNNING
        && streams.metadataForLocalThreads().stream()
            .noneMatch(thread -> thread.activeTasks().isEmpty());
  }

  /** What it has counted. */
  Applied applied() {
    return applied;
  }

  /** Puts 1 to a key of the namespace; the stage completes with the count. */
  CompletionStage<?> put(String key) {
    return echoes.send(KeyDraw.recordKey(key));
  }

  /**
   * The count of a key of the namespace.
   *
   * @throws InvalidStateStoreException before it runs
   */
  long count(String key) {
    var store = QueryableStoreTypes.<String, Long>keyValueStore();
    Long count =
        streams
            .store(StoreQueryParameters.fromNameAndType(STORE, store))
            .get(KeyDraw.NAMESPACE + "/" + key);
    return count == null ? 0 : count;
  }

  @Override
  public void close() {
    echoes.close();
    streams.close(CLOSE_WITHIN);
  }

  /** Answers the sender of the put that led to a count, where it waits. */
  private record Answering(Echoes echoes) implements Processor<String, Long, Void, Void> {
    @Override
    public void process(Record<String, Long> count) {
      echoes.seen(count.headers(), count.value());
    }
  }
}
