package io.countess.cli.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.cli.console.FailedException;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class DealtWithTest {
  @Test
  void shouldStartWithNothing() {
    assertThat(DealtWith.of(null).has(0)).isFalse();
    assertThat(DealtWith.of(null).and(0).toCommit()).isEqualTo(new OffsetAndMetadata(1));
  }

  @Test
  void shouldKeepWhatIsOutOfOrderBesideTheOffset() {
    var some = DealtWith.of(new OffsetAndMetadata(10)).and(12).and(15);
    assertThat(some.toCommit()).isEqualTo(new OffsetAndMetadata(10, "2,5"));
    assertThat(some.and(11).and(10).toCommit()).isEqualTo(new OffsetAndMetadata(13, "2"));
  }

  @Test
  void shouldPassOverMetadataOfSomebodyElse() {
    assertThat(DealtWith.of(new OffsetAndMetadata(3, "mine")).beyond()).isEmpty();
  }

  @Test
  void shouldRefuseMoreThanABrokerKeeps() {
    var many = new TreeSet<Long>();
    for (long offset = 1; offset < 3000; offset += 2) {
      many.add(offset);
    }
    assertThatThrownBy(() -> new DealtWith(0, many).toCommit())
        .isInstanceOf(FailedException.class)
        .hasMessageContaining("out of order");
  }

  @Property
  void shouldRememberExactlyWhatItWasTold(
      @ForAll @Size(max = 50) List<@LongRange(max = 60) Long> offsets) {
    var dealtWith = DealtWith.of(null);
    for (long offset : offsets) {
      dealtWith = DealtWith.of(dealtWith.and(offset).toCommit());
    }
    for (long offset = 0; offset <= 61; offset++) {
      assertThat(dealtWith.has(offset)).isEqualTo(offsets.contains(offset));
    }
  }
}
