package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.topology.CraftedRecords.Crafted;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Anybody may append anything: each record leads to a decision, a forwarded record or a dead
 * letter, or is passed over as a repeat or a tick; and the fold goes on.
 */
class CraftedRecordTest {
  @Property(tries = 60)
  void shouldFoldWhateverIsInTheLog(@ForAll("crafted") List<Crafted> records) {
    try (var fold = FoldFixture.ofPartitions(3)) {
      for (Crafted record : records) {
        int before = outcomes(fold);
        fold.pipe(record.key(), record.value(), record.headers(), record.at());
        assertThat(outcomes(fold) - before).isLessThanOrEqualTo(3);
      }
      assertThat(fold.reader().progress().offset()).isEqualTo(records.size() - 1);
    }
  }

  @Property(tries = 30)
  void shouldGoOnCountingExactlyAmongThem(@ForAll("crafted") List<Crafted> records) {
    try (var fold = FoldFixture.inMemory()) {
      int puts = 0;
      for (Crafted record : records) {
        fold.pipe(record.key(), record.value(), record.headers(), record.at());
        fold.policy("mine", "{\"kind\":\"total\"}", START);
        fold.put("mine", "k", 1, START);
        assertThat(fold.count("mine", "k", START)).isEqualTo(++puts);
      }
    }
  }

  private static int outcomes(FoldFixture fold) {
    return fold.heard.decisions.size() + fold.heard.deadLetterReasons.size() + fold.heard.forwarded;
  }

  @Provide
  Arbitrary<List<Crafted>> crafted() {
    return CraftedRecords.all().list().ofMinSize(1).ofMaxSize(60);
  }
}
