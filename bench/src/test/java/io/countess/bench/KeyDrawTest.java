package io.countess.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.countess.event.RecordKey;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyDrawTest {
  private static final int RECORDS = 2_000_000;
  private static final int KEYS = 1000;

  @Test
  void shouldDrawTheKthKeyInProportionToOneInK() {
    long[] drawn = timesDrawn(KeyDraw.ZIPF);

    double harmonic = IntStream.rangeClosed(1, KEYS).asDoubleStream().map(k -> 1 / k).sum();
    for (int k : new int[] {1, 2, 3, 10, 100}) {
      double expected = RECORDS / harmonic / k;
      assertThat((double) drawn[k - 1]).as("key %d", k).isCloseTo(expected, withPercentage(5));
    }
    double tail = Arrays.stream(drawn, KEYS / 2, KEYS).sum();
    double expectedTail =
        DoubleStream.iterate(KEYS / 2 + 1, k -> k <= KEYS, k -> k + 1).map(k -> 1 / k).sum();
    assertThat(tail).isCloseTo(RECORDS * expectedTail / harmonic, withPercentage(2));
  }

  @Test
  void shouldDrawAllKeysAlikeWhereTheyAreUniform() {
    assertThat(Arrays.stream(timesDrawn(KeyDraw.UNIFORM)).boxed())
        .allSatisfy(times -> assertThat(times).isBetween(1700L, 2300L));
  }

  @Test
  void shouldDrawEachKeyOnceInAnotherOrder() {
    int[] drawn = KeyDraw.ONCE.draw(KEYS, KEYS);

    assertThat(drawn).containsExactlyInAnyOrder(IntStream.range(0, KEYS).toArray());
    assertThat(drawn).isNotEqualTo(IntStream.range(0, KEYS).toArray());
  }

  @Test
  void shouldDrawTheSameKeysEveryTime() {
    for (KeyDraw draw : KeyDraw.values()) {
      var first = draw.draw(5000, KEYS);
      var second = draw.draw(5000, KEYS);
      assertThat(second).isEqualTo(first);
    }
  }

  @Test
  void shouldNameKeysAsTheLogDoes() {
    var name = RecordKey.parse(KeyDraw.recordKey(17));

    assertThat(name.namespace().toString()).isEqualTo(KeyDraw.NAMESPACE);
    assertThat(name.key().toString()).isEqualTo(KeyDraw.name(17));
  }

  private static long[] timesDrawn(KeyDraw draw) {
    long[] times = new long[KEYS];
    for (int key : draw.draw(RECORDS, KEYS)) {
      times[key]++;
    }
    return times;
  }
}
