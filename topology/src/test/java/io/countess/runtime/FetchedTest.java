package io.countess.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.LogFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class FetchedTest {
  private final Fetched fetched = new Fetched();

  @Test
  void shouldBeAtTheRecordBehindTheLastThatWasFolded() {
    read(0, 10);
    fetched.goesOnAt(10);

    assertThat(fetched.folded(6).next()).isEqualTo(7);
    assertThat(fetched.folded(9).next()).isEqualTo(10);
  }

  @Test
  void shouldPassOverWhatWasReadBehindTheLastRecord() {
    read(0, 10);
    fetched.goesOnAt(300);

    assertThat(fetched.folded(8).next()).isEqualTo(9);
    assertThat(fetched.folded(9).next()).isEqualTo(300);

    fetched.took(List.of());
    fetched.goesOnAt(302);
    assertThat(fetched.folded(9).next()).isEqualTo(302);
  }

  @Test
  void shouldBeWhereReadingBeganUntilARecordComes() {
    fetched.goesOnAt(110);

    assertThat(fetched.unfolded()).isEqualTo(new Reached(110, OptionalLong.empty()));
    assertThat(fetched.folded(99).next()).isEqualTo(110);
  }

  @Test
  void shouldNotGoBackToWhereItReadBeforeAPartitionWasElsewhere() {
    read(0, 10);
    fetched.goesOnAt(12);

    assertThat(fetched.folded(499).next()).isEqualTo(500);
  }

  @Test
  void shouldBeWhereTheFoldIsThatHasToFoldOnceMore() {
    read(0, 100);
    fetched.goesOnAt(100);

    assertThat(fetched.folded(40).next()).isEqualTo(41);
    fetched.goesOnAt(41);
    assertThat(fetched.folded(40).next()).isEqualTo(41);
  }

  @Test
  void shouldKnowTheTimeOfTheOldestThatIsNotFolded() {
    read(0, 10);
    read(10, 20);

    assertThat(fetched.folded(3).nextMillis()).hasValue(0);
    assertThat(fetched.folded(9).nextMillis()).hasValue(10_000);
    assertThat(fetched.folded(19).nextMillis()).isEmpty();
  }

  /** Records whose times are a second apart from each other. */
  private void read(int from, int to) {
    var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    for (int offset = from; offset < to; offset++) {
      records.add(
          new ConsumerRecord<>(
              LogFormat.EVENTS_TOPIC,
              0,
              offset,
              offset * 1000L,
              TimestampType.CREATE_TIME,
              0,
              0,
              new byte[0],
              new byte[0],
              new RecordHeaders(),
              Optional.empty()));
    }
    fetched.took(records);
  }
}
