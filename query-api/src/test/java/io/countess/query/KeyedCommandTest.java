package io.countess.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.Partitions;
import io.countess.event.RecordKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyedCommandTest {
  private static final CounterName TAGGED = CounterName.of("a/b", "{t}c");

  private final KeyedCommand keyed = KeyedCommand.of(Command.of(TAGGED, Event.Put.ONE));

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 6, 1024})
  void shouldBelongWhereItsRecordDoes(int partitions) {
    byte[] key = RecordKey.of(TAGGED);

    assertThat(keyed.key()).isEqualTo(key);
    assertThat(keyed.partition(partitions)).isEqualTo(Partitions.of(key, partitions));
  }

  @Test
  void shouldKeepItsKeyUnderAnotherDeadline() {
    var soon = keyed.in(Duration.ofMillis(5));

    assertThat(soon.command().within()).isEqualTo(Duration.ofMillis(5));
    assertThat(soon.key()).isSameAs(keyed.key());
    assertThat(soon.hash()).isEqualTo(keyed.hash());
  }
}
