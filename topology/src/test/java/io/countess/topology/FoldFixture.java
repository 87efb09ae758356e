package io.countess.topology;

import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.LogFormat;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import io.countess.event.RecordKey;
import io.countess.event.codec.ClockStamp;
import io.countess.event.codec.EventCodec;
import io.countess.event.codec.PolicyCodec;
import io.countess.fold.ForwardMark;
import io.countess.state.Namespace;
import io.countess.state.PartitionReader;
import io.countess.state.PolicyInForce;
import io.countess.store.Catalog;
import io.countess.store.HotStore;
import io.countess.store.HotStoreBuilder;
import io.countess.store.RestoredStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.test.TestRecord;

/**
 * Partition 0 of a log, folded by the real topology, at times that the test sets. Each record is
 * committed at once.
 */
final class FoldFixture implements AutoCloseable {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String CHANGELOG = "fixture-" + Catalog.STORE + "-changelog";

  final RecordingObserver heard = new RecordingObserver();
  final RecordingForwarder forwarder = new RecordingForwarder();
  final FakeCursor cursor;
  final FakeMachine machine = new FakeMachine(START);
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> log;

  private FoldFixture(int partitions, StoreBuilder<HotStore> store, Properties more) {
    this(
        partitions,
        store,
        more,
        hasState(store) ? FakeLog.ENDLESS : FakeLog.EMPTY,
        new FakeCursor());
  }

  private FoldFixture(
      int partitions,
      StoreBuilder<HotStore> store,
      Properties more,
      SourceLog source,
      FakeCursor cursor) {
    this.cursor = cursor;
    var spec =
        new FoldSpec(
            partitions,
            source,
            () -> cursor,
            forwarder::create,
            new FoldObservers(List.of(heard)),
            machine.source());
    var settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "fixture");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, Path.of("target", "fixture").toString());
    settings.putAll(more);
    driver = new TopologyTestDriver(CountTopology.build(spec, store), settings, START);
    log =
        driver.createInputTopic(
            LogFormat.EVENTS_TOPIC, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static boolean hasState(StoreBuilder<HotStore> store) {
    return store instanceof RestoredStore;
  }

  /** The log has this partition only. */
  static FoldFixture inMemory() {
    return over(HotStoreBuilder.inMemory(1000));
  }

  /** The log has others too. */
  static FoldFixture ofPartitions(int partitions) {
    return ofPartitions(partitions, HotStoreBuilder.inMemory(1000));
  }

  static FoldFixture ofPartitions(int partitions, StoreBuilder<HotStore> store) {
    return new FoldFixture(partitions, store, new Properties());
  }

  static FoldFixture rocksDb(Path stateDir) {
    var settings = new Properties();
    settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    return new FoldFixture(1, HotStoreBuilder.rocksDb(1000), settings);
  }

  static FoldFixture over(StoreBuilder<HotStore> store) {
    return ofPartitions(1, store);
  }

  /** The brokers have this log. */
  static FoldFixture of(SourceLog source, StoreBuilder<HotStore> store) {
    return committed(OptionalLong.empty(), source, store);
  }

  /** And the group has committed it up to there. */
  static FoldFixture committed(
      OptionalLong offset, SourceLog source, StoreBuilder<HotStore> store) {
    return new FoldFixture(1, store, new Properties(), source, new FakeCursor(offset));
  }

  static FoldFixture exactlyOnce() {
    var settings = new Properties();
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    return new FoldFixture(1, HotStoreBuilder.inMemory(1000), settings);
  }

  /** Appends a record as any producer would. */
  void pipe(byte[] key, byte[] value, Headers headers, Instant at) {
    log.pipeInput(new TestRecord<>(key, value, headers, at));
  }

  void pipe(byte[] key, byte[] value, Instant at) {
    pipe(key, value, new RecordHeaders(), at);
  }

  void pipe(String key, String value, Instant at) {
    pipe(utf8(key), value == null ? null : utf8(value), at);
  }

  /** Appends a record that another partition forwarded. */
  void pipeForwarded(String key, String value, Instant at, ForwardMark mark) {
    var headers = new RecordHeaders();
    headers.add(LogFormat.FORWARDED_HEADER, mark.encode());
    pipe(utf8(key), value == null ? null : utf8(value), headers, at);
  }

  /** Folds an event, and answers its decision. */
  Decision apply(String namespace, String key, Event event, Instant at) {
    return apply(CounterName.of(namespace, key), event, at);
  }

  Decision apply(CounterName counter, Event event, Instant at) {
    int before = heard.decisions.size();
    pipe(RecordKey.of(counter), EventCodec.encode(event), at);
    return heard.decisions.size() > before ? heard.decisions.get(before) : null;
  }

  Decision put(String namespace, String key, long n, Instant at) {
    return apply(namespace, key, Event.Put.of(n), at);
  }

  /** Sets the policy of a namespace, given as JSON. */
  Decision policy(String namespace, String policy, Instant at) {
    return change(namespace, "{\"op\":\"policy\",\"policy\":" + policy + "}", at);
  }

  /** The same, and resets the namespace. */
  Decision policyAndReset(String namespace, String policy, Instant at) {
    return change(
        namespace, "{\"op\":\"policy\",\"policy\":" + policy + ",\"onChange\":\"reset\"}", at);
  }

  /** Sets the policy of a counter, given as JSON. */
  Decision policy(String namespace, String key, String policy, OnChange onChange, Instant at) {
    Optional<Policy> given =
        policy.equals("null") ? Optional.empty() : Optional.of(PolicyCodec.decode(utf8(policy)));
    return apply(namespace, key, new Event.ChangePolicy(given, onChange), at);
  }

  /** Gives a counter a plan. */
  Decision plan(String namespace, String key, String plan, Instant at) {
    return apply(namespace, key, Event.ChangePolicy.toPlan(plan, OnChange.KEEP), at);
  }

  private Decision change(String namespace, String value, Instant at) {
    int before = heard.decisions.size();
    pipe(RecordKey.of(CounterName.of(namespace, "")), utf8(value), at);
    return heard.decisions.size() > before ? heard.decisions.get(before) : null;
  }

  /** Folds an event that the server which holds the partition stamps. */
  Decision stamped(String namespace, String key, Event event) {
    return stamped(namespace, key, event, machine.wallMillis(), stamp());
  }

  /** What that server writes into a record now. */
  ClockStamp stamp() {
    return reader().clock().stamp(machine.wallMillis());
  }

  /** Folds an event that some server has stamped so. */
  Decision stamped(String namespace, String key, Event event, long timestamp, ClockStamp stamp) {
    var headers = new RecordHeaders();
    headers.add(LogFormat.CLOCK_HEADER, stamp.encode());
    int before = heard.decisions.size();
    pipe(
        RecordKey.of(CounterName.of(namespace, key)),
        EventCodec.encode(event),
        headers,
        Instant.ofEpochMilli(timestamp));
    return heard.decisions.get(before);
  }

  /** Lets time pass through the log. */
  void tick(Instant at) {
    pipe("/", "{\"op\":\"tick\"}", at);
  }

  /** Lets time pass outside of it. */
  void wallClock(Duration passes) {
    machine.pass(passes);
    driver.advanceWallClockTime(passes);
  }

  long count(String namespace, String key, Instant at) {
    return count(CounterName.of(namespace, key), at);
  }

  long count(CounterName counter, Instant at) {
    PartitionReader.Counted now = reader().counter(counter);
    return now.state() == null ? now.counting().initial() : now.state().countAt(at.toEpochMilli());
  }

  List<String> keys(String namespace) {
    return keys(namespace, "", "", Integer.MAX_VALUE);
  }

  /** At most {@code most} keys that start with {@code prefix}, from {@code from} on. */
  List<String> keys(String namespace, String from, String prefix, int most) {
    var keys = new ArrayList<String>();
    reader()
        .scan(
            ByteString.utf8(namespace),
            ByteString.utf8(from),
            ByteString.utf8(prefix),
            (key, state) -> keys.add(key.toString()) && keys.size() < most);
    return keys;
  }

  Namespace namespace(String name) {
    return reader().namespaces().get(ByteString.utf8(name));
  }

  PolicyInForce policyOf(String namespace) {
    return reader().policy(ByteString.utf8(namespace));
  }

  PartitionReader reader() {
    return heard.reader;
  }

  HotStore store() {
    return (HotStore) driver.getStateStore(Catalog.STORE);
  }

  /** What stands in the dead letters since the last look, with its headers. */
  List<TestRecord<byte[], byte[]>> deadLetters() {
    return read(LogFormat.DEAD_LETTERS_TOPIC);
  }

  /** What the store has written to its changelog since the last look. */
  List<TestRecord<byte[], byte[]>> changelog() {
    return read(CHANGELOG);
  }

  private List<TestRecord<byte[], byte[]>> read(String topic) {
    return driver
        .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    driver.close();
  }
}
