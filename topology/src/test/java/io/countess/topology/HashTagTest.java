package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static io.countess.topology.FoldFixture.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

/** Keys that carry the same tag in braces belong to the same partition. */
class HashTagTest {
  @Test
  void shouldPutKeysWithOneTagIntoOnePartition() {
    assertThat(homes("a/{alice}", "b/{alice}x", "c/left{alice}right", "{odd}/{alice}")).hasSize(1);
  }

  @Test
  void shouldLookAtTheKeyOnlyNotAtTheNamespace() {
    assertThat(home("n/k")).isEqualTo(kafkas("n/k"));
    assertThat(home("%7Ba%7D/k")).isEqualTo(kafkas("%7Ba%7D/k"));
    assertThat(home("{a}/k")).isEqualTo(kafkas("%7Ba%7D/k"));
  }

  @Test
  void shouldTakeTheFirstTagOnly() {
    assertThat(home("n/{a}{b}")).isEqualTo(kafkas("a"));
    assertThat(home("n/{{a}}")).isEqualTo(kafkas("{a"));
  }

  @Test
  void shouldTakeTheWholeRecordKeyWhereThereIsNoTag() {
    for (String key : new String[] {"n/k", "n/{}k", "n/{k", "n/k}", "n/}k{", "n/{}{a}"}) {
      assertThat(home(key)).as(key).isEqualTo(kafkas(key));
    }
  }

  /** Where the fold forwards to, or stays: this is partition 0 of 64. */
  private static int home(String recordKey) {
    try (var fold = FoldFixture.ofPartitions(64)) {
      fold.pipe(recordKey, null, START);
      return fold.forwarder.sent.isEmpty() ? 0 : fold.forwarder.sent.get(0).partition();
    }
  }

  private static Set<Integer> homes(String... recordKeys) {
    var homes = new HashSet<Integer>();
    for (String recordKey : recordKeys) {
      homes.add(home(recordKey));
    }
    return homes;
  }

  /** What Kafka's Java clients do by default with these bytes. */
  private static int kafkas(String bytes) {
    return Utils.toPositive(Utils.murmur2(utf8(bytes))) % 64;
  }
}
