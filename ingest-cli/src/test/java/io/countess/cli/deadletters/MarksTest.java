package io.countess.cli.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.cli.deadletters.Marks.Chunk;
import io.countess.event.Position;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class MarksTest {
  private static final int LAST = 3 * Marks.CHUNK;

  @Property
  void shouldRememberExactlyWhatItWasTold(
      @ForAll @Size(max = 50) Set<@LongRange(max = LAST) Long> offsets) {
    var kafka = new HashMap<Chunk, byte[]>();
    for (long offset : offsets) {
      kafka.putAll(read(kafka).with(List.of(letter(0, offset))));
    }
    var marks = read(kafka);
    for (long offset = 0; offset <= LAST + 1; offset++) {
      assertThat(marks.has(0, offset)).isEqualTo(offsets.contains(offset));
      assertThat(marks.has(1, offset)).isFalse();
    }
  }

  @Test
  void shouldWriteNoMoreThanTheChunksThatChange() {
    var marks = new Marks();
    for (long offset = 0; offset < 100_000; offset += 2) {
      marks.saved(marks.with(List.of(letter(0, offset))));
    }
    var changed = marks.with(List.of(letter(0, 77_777)));
    assertThat(changed).hasSize(1);
    assertThat(changed.values()).allSatisfy(bits -> assertThat(bits).hasSizeLessThan(1025));
  }

  @Test
  void shouldForgetNothingThatWasNotSaved() {
    var marks = new Marks();
    marks.addRange(0, 5, 8);
    marks.with(List.of(letter(0, 9)));
    var again = marks.with(List.of());
    assertThat(again).hasSize(1);
    marks.saved(again);
    assertThat(marks.has(0, 7)).isTrue();
    assertThat(marks.has(0, 9)).isFalse();
    assertThat(marks.with(List.of())).isEmpty();
  }

  @Test
  void shouldReadWhatEarlierBuildsMarkedOutOfOrder() {
    assertThat(CommittedMarks.beyond(new OffsetAndMetadata(10, "2,5"))).containsExactly(12L, 15L);
    assertThat(CommittedMarks.beyond(new OffsetAndMetadata(3, "mine"))).isEmpty();
  }

  private static Marks read(Map<Chunk, byte[]> kafka) {
    var marks = new Marks();
    kafka.forEach(marks::read);
    return marks;
  }

  private static DeadLetter letter(int partition, long offset) {
    return new DeadLetter(Position.of(partition, offset), "", "", 0, false, null, null);
  }
}
