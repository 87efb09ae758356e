package io.countess.store;

import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Builds the store of a partition: a {@link HotStore} over RocksDB or over the heap. */
public final class HotStoreBuilder implements StoreBuilder<HotStore> {
  /**
   * How long the changelog keeps tombstones: local state that was away for longer could miss some,
   * and is discarded at start.
   */
  private static final long TOMBSTONES_MILLIS = 7L * 24 * 3600 * 1000;

  /** Small segments, so that the log cleaner gets at what is old. */
  private static final long SEGMENT_BYTES = 64L << 20;

  /**
   * Rows are written with the time of the record that was folded last. Brokers refuse times that
   * are far ahead, and what the changelog refuses ends the fold; so it has a time of its own.
   */
  private static final String BROKERS_TIME = "LogAppendTime";

  private final StoreBuilder<KeyValueStore<Bytes, byte[]>> beneath;
  private final int hotRows;
  private StoreWatch watch = StoreWatch.NOBODY;

  private HotStoreBuilder(KeyValueBytesStoreSupplier beneath, int hotRows) {
    Map<String, String> changelog =
        Map.of(
            TopicConfig.DELETE_RETENTION_MS_CONFIG, String.valueOf(TOMBSTONES_MILLIS),
            TopicConfig.SEGMENT_BYTES_CONFIG, String.valueOf(SEGMENT_BYTES),
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, BROKERS_TIME);
    this.beneath =
        Stores.keyValueStoreBuilder(beneath, Serdes.Bytes(), Serdes.ByteArray())
            .withCachingDisabled()
            .withLoggingEnabled(changelog);
    this.hotRows = hotRows;
  }

  /**
   * Rows on disk.
   *
   * @param hotRows how many rows are kept decoded in each partition
   */
  public static HotStoreBuilder rocksDb(int hotRows) {
    return new HotStoreBuilder(new CheckedRocksDb.Supplier(Catalog.STORE), hotRows);
  }

  /**
   * Rows on the heap.
   *
   * @param hotRows how many rows are kept decoded in each partition
   */
  public static HotStoreBuilder inMemory(int hotRows) {
    return new HotStoreBuilder(new InMemory(), hotRows);
  }

  /** Has {@code newWatch} told of the stores that are opened and closed. */
  public HotStoreBuilder watchedBy(StoreWatch newWatch) {
    watch = newWatch;
    return this;
  }

  @Override
  public HotStore build() {
    return new HotStore(beneath.build(), hotRows).watchedBy(watch);
  }

  @Override
  public String name() {
    return beneath.name();
  }

  @Override
  public Map<String, String> logConfig() {
    return beneath.logConfig();
  }

  @Override
  public boolean loggingEnabled() {
    return beneath.loggingEnabled();
  }

  @Override
  public StoreBuilder<HotStore> withCachingEnabled() {
    throw new UnsupportedOperationException("the hot store is itself what is kept until a commit");
  }

  @Override
  public StoreBuilder<HotStore> withCachingDisabled() {
    return this;
  }

  @Override
  public StoreBuilder<HotStore> withLoggingEnabled(Map<String, String> config) {
    throw new UnsupportedOperationException("the changelog's settings are fixed");
  }

  @Override
  public StoreBuilder<HotStore> withLoggingDisabled() {
    throw new UnsupportedOperationException("without a changelog counts would be lost");
  }

  private record InMemory() implements KeyValueBytesStoreSupplier {
    @Override
    public String name() {
      return Catalog.STORE;
    }

    @Override
    public KeyValueStore<Bytes, byte[]> get() {
      return new InMemoryStore(Catalog.STORE);
    }

    @Override
    public String metricsScope() {
      return "in-memory";
    }
  }
}
