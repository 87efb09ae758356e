package io.countess.bench;

import io.countess.event.LogFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/**
 * The yardstick of the fold: the windowed count that Kafka Streams offers. It counts by the clock's
 * minutes, so it does less than Countess, whose counts are exact to the second at any instant.
 */
final class DslCount implements Folding {
  static final String GROUP = "bench-dsl";
  private static final String STORE = "counts";
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

  private final Applied applied = new Applied();
  private final KafkaStreams streams;

  private DslCount(BenchLog log) {
    var builder = new StreamsBuilder();
    builder.stream(LogFormat.EVENTS_TOPIC, Consumed.with(Serdes.String(), Serdes.ByteArray()))
        .peek((key, value) -> applied.one())
        .groupByKey(Grouped.with(Serdes.String(), Serdes.ByteArray()))
        .windowedBy(TimeWindows.ofSizeWithNoGrace(WINDOW))
        .count(Materialized.as(STORE));
    Properties settings = DslSettings.of(log, GROUP);
    streams = new KafkaStreams(builder.build(settings), settings);
  }

  static DslCount start(Workbench bench, BenchLog log) {
    var started = start(log);
    bench.await("the start of the windowed count", START_WITHIN, started::isRunning);
    return started;
  }

  /** Starts it, and does not wait until it runs. */
  static DslCount start(BenchLog log) {
    var started = new DslCount(log);
    started.streams.start();
    return started;
  }

  /** Waits until it runs and its store has answered a question. */
  void awaitAnswer() {
    while (!isRunning()) {
      LockSupport.parkNanos(POLL_NANOS);
    }
    var store = QueryableStoreTypes.<String, Long>windowStore();
    streams
        .store(StoreQueryParameters.fromNameAndType(STORE, store))
        .fetch(new String(KeyDraw.recordKey(0), StandardCharsets.ISO_8859_1), 0);
  }

  private boolean isRunning() {
    return streams.state() == KafkaStreams.State.RUNNING;
  }

  @Override
  public Applied applied() {
    return applied;
  }

  @Override
  public String group() {
    return GROUP;
  }

  @Override
  public void close() {
    streams.close(CLOSE_WITHIN);
  }
}
