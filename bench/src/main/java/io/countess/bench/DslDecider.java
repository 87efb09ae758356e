package io.countess.bench;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.WindowStore;

/**
 * What Kafka Streams offers: a put is answered when the windowed count has passed its new value on.
 * That is at once only without the record cache, which otherwise keeps it until the next commit.
 */
final class DslDecider implements Decider {
  private static final String TOPIC = "bench-dsl-puts";
  private static final String GROUP = "bench-dsl-decisions";
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

  private final Echoes echoes;
  private final KafkaStreams streams;

  private DslDecider(BenchLog log) {
    echoes = new Echoes(TOPIC, OneRequestProducer.start(log.servers()));
    var builder = new StreamsBuilder();
    builder.stream(TOPIC, Consumed.with(Serdes.String(), Serdes.ByteArray()))
        .groupByKey(Grouped.with(Serdes.String(), Serdes.ByteArray()))
        .windowedBy(TimeWindows.ofSizeWithNoGrace(WINDOW))
        .count(
            Materialized.<String, Long, WindowStore<Bytes, byte[]>>as("counts")
                .withCachingDisabled())
        .toStream()
        .process(() -> new Answering(echoes));
    Properties settings = DslSettings.of(log, GROUP);
    settings.put(StreamsConfig.producerPrefix("linger.ms"), 0);
    streams = new KafkaStreams(builder.build(settings), settings);
  }

  static DslDecider start(Workbench bench, BenchLog log) {
    log.admin().createTopic(TOPIC);
    var started = new DslDecider(log);
    started.streams.start();
    bench.await(
        "the start of the windowed count",
        Folding.START_WITHIN,
        () -> started.streams.state() == KafkaStreams.State.RUNNING);
    return started;
  }

  @Override
  public CompletionStage<?> decide(int key) {
    return echoes.send(key);
  }

  @Override
  public void close() {
    echoes.close();
    streams.close(CLOSE_WITHIN);
  }

  /** Answers the sender of the put that led to a count. */
  private record Answering(Echoes echoes) implements Processor<Windowed<String>, Long, Void, Void> {
    @Override
    public void process(Record<Windowed<String>, Long> count) {
      echoes.seen(count.headers());
    }
  }
}
