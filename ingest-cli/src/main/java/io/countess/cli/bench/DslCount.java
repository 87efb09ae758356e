package io.countess.cli.bench;

import io.countess.event.LogFormat;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.TimeWindows;

/**
 * The yardstick of the fold: the windowed count that Kafka Streams offers. It counts by the clock's
 * minutes, so it does less than Countess, whose counts are exact to the second at any instant.
 */
final class DslCount implements Folding {
  private static final String GROUP = "bench-dsl";
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
        .count(Materialized.as("counts"));
    Properties settings = DslSettings.of(log, GROUP);
    streams = new KafkaStreams(builder.build(settings), settings);
  }

  static DslCount start(Workbench bench, BenchLog log) {
    var started = new DslCount(log);
    started.streams.start();
    bench.await("the start of the windowed count", START_WITHIN, started::isRunning);
    return started;
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
