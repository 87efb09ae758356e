package io.countess.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.count.State;
import io.countess.count.TotalState;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A row that the fold takes over after a reset, under the eyes of readers. */
class RowTest {
  @Test
  void shouldShowAStateInItsOwnEpochOnly() {
    var row = new Row(new byte[] {'C'}, 0, 3);
    assertThat(row.stateIn(3)).isNull();

    row.set(new TotalState(1, 10), 3);
    assertThat(row.stateIn(3)).isEqualTo(new TotalState(1, 10));
    assertThat(row.stateIn(4)).isNull();

    row.set(new TotalState(2, 20), 4);
    assertThat(row.stateIn(3)).isNull();
    assertThat(row.stateIn(4)).isEqualTo(new TotalState(2, 20));
  }

  @Test
  void shouldNeverShowAReaderTheStateOfAnotherEpoch() throws Exception {
    var row = new Row(new byte[] {'C'}, 0, 0);
    var epoch = new AtomicLong();
    var readers = Executors.newFixedThreadPool(2);
    try {
      Callable<Long> reading = () -> read(row, epoch);
      Future<Long> one = readers.submit(reading);
      Future<Long> other = readers.submit(reading);
      for (long next = 1; next <= 2_000_000; next++) {
        epoch.setPlain(next);
        row.set(new TotalState(1, next), next);
      }
      epoch.set(-1);
      assertThat(one.get(30, TimeUnit.SECONDS)).isPositive();
      assertThat(other.get(30, TimeUnit.SECONDS)).isPositive();
    } finally {
      readers.shutdownNow();
    }
  }

  private static long read(Row row, AtomicLong epoch) {
    long rounds = 0;
    for (long wanted = epoch.get(); wanted >= 0; wanted = epoch.get()) {
      for (long near = wanted; near < wanted + 3; near++) {
        State seen = row.stateIn(near);
        if (seen != null) {
          assertThat(((TotalState) seen).value()).isEqualTo(near);
        }
      }
      rounds++;
    }
    return rounds;
  }
}
