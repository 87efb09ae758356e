package io.countess.topology;

import io.countess.count.State;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.LogFormat;
import io.countess.event.RecordKey;
import io.countess.event.codec.EventCodec;
import io.countess.state.Catalog;
import io.countess.state.HotStore;
import io.countess.state.HotStoreBuilder;
import io.countess.state.PartitionReader;
import io.countess.state.PolicyInForce;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.test.TestRecord;

/** One partition of a log, folded by the real topology, at times that the test sets. */
final class FoldFixture implements AutoCloseable {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  final List<Decision> decisions = new ArrayList<>();
  final List<Forwarder.Outgoing> forwarded = new ArrayList<>();
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> log;
  private PartitionReader reader;

  private FoldFixture(int partitions, StoreBuilder<HotStore> store, Path stateDir) {
    var spec = new FoldSpec(partitions, Recorder::new, new Listener());
    var settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "fixture");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    driver = new TopologyTestDriver(CountTopology.build(spec, store), settings, START);
    log =
        driver.createInputTopic(
            LogFormat.EVENTS_TOPIC, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A log of one partition. */
  static FoldFixture inMemory() {
    return new FoldFixture(1, HotStoreBuilder.inMemory(1000), Path.of("target", "fixture"));
  }

  /** Partition 0 of a log of several. */
  static FoldFixture ofPartitions(int partitions) {
    var store = HotStoreBuilder.inMemory(1000);
    return new FoldFixture(partitions, store, Path.of("target", "fixture"));
  }

  static FoldFixture rocksDb(Path stateDir) {
    return new FoldFixture(1, HotStoreBuilder.rocksDb(1000), stateDir);
  }

  /** Appends a record as another producer would. */
  void pipe(byte[] key, byte[] value, Instant at) {
    log.pipeInput(new TestRecord<>(key, value, new RecordHeaders(), at));
  }

  void pipe(String key, String value, Instant at) {
    byte[] body = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    pipe(key.getBytes(StandardCharsets.UTF_8), body, at);
  }

  /** Appends a record that another partition forwarded. */
  void pipeForwarded(String key, String value, Instant at, ForwardMark mark) {
    var headers = new RecordHeaders();
    headers.add(LogFormat.FORWARDED_HEADER, mark.encode());
    log.pipeInput(
        new TestRecord<>(
            key.getBytes(StandardCharsets.UTF_8),
            value.getBytes(StandardCharsets.UTF_8),
            headers,
            at));
  }

  /** Folds an event, and answers its decision. */
  Decision apply(String namespace, String key, Event event, Instant at) {
    int before = decisions.size();
    pipe(RecordKey.of(CounterName.of(namespace, key)), EventCodec.encode(event), at);
    return decisions.size() > before ? decisions.get(before) : null;
  }

  Decision put(String namespace, String key, long n, Instant at) {
    return apply(namespace, key, Event.Put.of(n), at);
  }

  long count(String namespace, String key, Instant at) {
    PolicyInForce policy = reader.policy(ByteString.utf8(namespace));
    byte[] recordKey = RecordKey.of(CounterName.of(namespace, key));
    State state = reader.state(recordKey, policy.epoch());
    return state == null ? policy.counting().initial() : state.countAt(at.toEpochMilli());
  }

  List<String> keys(String namespace) {
    var keys = new ArrayList<String>();
    reader.scan(
        ByteString.utf8(namespace),
        ByteString.EMPTY,
        ByteString.EMPTY,
        (key, state) -> keys.add(key.toString()));
    return keys;
  }

  PartitionReader reader() {
    return reader;
  }

  HotStore store() {
    return (HotStore) driver.getStateStore(Catalog.STORE);
  }

  /** What stands in the dead letters since the last look, with its headers. */
  List<TestRecord<byte[], byte[]>> deadLetters() {
    return driver
        .createOutputTopic(
            LogFormat.DEAD_LETTERS_TOPIC, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  void wallClock(Duration passes) {
    driver.advanceWallClockTime(passes);
  }

  @Override
  public void close() {
    driver.close();
  }

  private final class Recorder implements Forwarder {
    @Override
    public void send(Outgoing out) {
      forwarded.add(out);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private final class Listener implements FoldListener {
    @Override
    public void decided(byte[] caller, Decision decision) {}

    @Override
    public void folded(int partition, Decision decision) {
      decisions.add(decision);
    }

    @Override
    public void deadLettered(int partition, String reason) {}

    @Override
    public void forwarded(int partition) {}

    @Override
    public void opened(PartitionReader opened) {
      reader = opened;
    }

    @Override
    public void closed(PartitionReader closed) {
      reader = null;
    }
  }
}
