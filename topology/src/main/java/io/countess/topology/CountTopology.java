package io.countess.topology;

import io.countess.event.LogFormat;
import io.countess.store.Catalog;
import io.countess.store.HotStore;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.StoreBuilder;

/** The whole topology. */
public final class CountTopology {
  private CountTopology() {}

  /** Builds it over stores that {@code store} makes. */
  public static Topology build(FoldSpec spec, StoreBuilder<HotStore> store) {
    return new Topology()
        .addSource(
            AutoOffsetReset.earliest(),
            Catalog.EVENTS,
            new EventTime(),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer(),
            LogFormat.EVENTS_TOPIC)
        .addProcessor(Catalog.FOLD, () -> new CountProcessor(spec), Catalog.EVENTS)
        .addStateStore(store, Catalog.FOLD)
        .addSink(
            Catalog.DEAD_LETTERS,
            LogFormat.DEAD_LETTERS_TOPIC,
            new ByteArraySerializer(),
            new ByteArraySerializer(),
            Catalog.FOLD);
  }
}
