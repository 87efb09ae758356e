package io.countess.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.test.TestRecord;

/** Builds a store that starts with what a changelog holds, as one does whose disk was lost. */
public record RestoredStore(
    List<TestRecord<byte[], byte[]>> changelog, List<TestRecord<byte[], byte[]>> written)
    implements StoreBuilder<HotStore> {
  /** What is written then is not looked at. */
  public RestoredStore(List<TestRecord<byte[], byte[]>> changelog) {
    this(changelog, new ArrayList<>());
  }

  @Override
  public HotStore build() {
    var beneath =
        new InMemoryStore(name()) {
          @Override
          public void put(Bytes key, byte[] value) {
            super.put(key, value);
            written.add(new TestRecord<>(key.get(), value));
          }
        };
    changelog.forEach(row -> beneath.put(Bytes.wrap(row.key()), row.value()));
    written.clear();
    return new HotStore(beneath, 1000);
  }

  @Override
  public String name() {
    return Catalog.STORE;
  }

  @Override
  public Map<String, String> logConfig() {
    return Map.of();
  }

  @Override
  public boolean loggingEnabled() {
    return false;
  }

  @Override
  public StoreBuilder<HotStore> withCachingEnabled() {
    return this;
  }

  @Override
  public StoreBuilder<HotStore> withCachingDisabled() {
    return this;
  }

  @Override
  public StoreBuilder<HotStore> withLoggingEnabled(Map<String, String> config) {
    return this;
  }

  @Override
  public StoreBuilder<HotStore> withLoggingDisabled() {
    return this;
  }
}
