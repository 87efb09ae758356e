package io.countess.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.CounterName;
import org.junit.jupiter.api.Test;

class FrequentCountersTest {
  private static final CounterName ALICE = CounterName.of("n", "alice");
  private final FrequentCounters counters = new FrequentCounters();

  @Test
  void shouldFindTheFrequentAmongManyOthers() {
    int all = 1_000_000;
    for (int i = 0; i < all; i++) {
      counters.add(i % 50 == 0 ? ALICE : CounterName.of("n", "k" + i));
    }

    assertThat(counters.over(10_000))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.counter()).isEqualTo(ALICE);
              assertThat(found.lines()).isBetween(20_000L - all / 1000, 20_000L);
            });
  }

  @Test
  void shouldNameNoneThatIsNotOver() {
    for (int i = 0; i < 10_000; i++) {
      counters.add(ALICE);
    }

    assertThat(counters.over(10_000)).isEmpty();
  }
}
