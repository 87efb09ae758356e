package io.countess.state;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.test.TestRecord;

/** Builds a store that starts with what a changelog holds, as one does whose disk was lost. */
public record RestoredStore(List<TestRecord<byte[], byte[]>> changelog)
    implements StoreBuilder<HotStore> {
  @Override
  public HotStore build() {
    var beneath = new InMemoryStore(name());
    changelog.forEach(row -> beneath.put(Bytes.wrap(row.key()), row.value()));
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
