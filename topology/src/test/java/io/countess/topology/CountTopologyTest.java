package io.countess.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.state.TimeSource;
import io.countess.store.HotStoreBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The names in the topology: a renamed store leaves its changelog behind, and the counts in it. */
class CountTopologyTest {
  @Test
  void shouldHaveTheseNames() {
    var forwarder = new RecordingForwarder();
    var spec =
        new FoldSpec(
            4,
            FakeLog.ENDLESS,
            FakeCursor::new,
            forwarder::create,
            new FoldObservers(List.of()),
            TimeSource.SYSTEM);

    String description =
        CountTopology.build(spec, HotStoreBuilder.rocksDb(1000)).describe().toString();

    assertThat(description)
        .isEqualToIgnoringWhitespace(
            """
            Topologies:
              Sub-topology: 0
                Source: events (topics: [countess.events])
                  --> fold
                Processor: fold (stores: [counters])
                  --> dead-letters
                  <-- events
                Sink: dead-letters (topic: countess.dead-letters)
                  <-- fold
            """);
  }
}
