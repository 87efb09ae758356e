package io.countess.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeTry;

/** Sums of 64-bit amounts don't wrap, and come back when the amounts are taken away again. */
class EndSumsTest {
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);

  private record Change(boolean add, long end, long n) {}

  private EndSums sums;
  private TreeMap<Long, BigInteger> model;

  @BeforeTry
  void startAnew() {
    sums = new EndSums();
    model = new TreeMap<>();
  }

  @Property
  void shouldAgreeWithNumbersOfAnySize(@ForAll("changes") List<Change> changes) {
    for (Change change : changes) {
      take(change);
      for (long millis = 0; millis < 5; millis++) {
        assertThat(sums.sumAfter(millis).nearest()).isEqualTo(shown(millis));
        assertThat(sums.sumAfter(millis).isExact()).isEqualTo(fits(millis));
      }
    }
    var other = new EndSums();
    sums.forEach(other::add);
    sums.forEach(other::subtract);
    other.drop(0);
    assertThat(other.isEmpty()).isTrue();
  }

  @Property
  void shouldBeEmptyOnceEverythingIsTakenAwayAgain(@ForAll("changes") List<Change> changes) {
    changes.forEach(this::take);
    changes.forEach(change -> take(new Change(!change.add(), change.end(), change.n())));

    sums.drop(0);

    assertThat(sums.isEmpty()).isTrue();
  }

  @Provide
  Arbitrary<List<Change>> changes() {
    var amounts =
        Arbitraries.oneOf(
            Arbitraries.longs(),
            Arbitraries.of(Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1, 0L, 1L, -1L));
    return Combinators.combine(
            Arbitraries.of(true, true, false), Arbitraries.longs().between(1, 5), amounts)
        .as(Change::new)
        .list()
        .ofMaxSize(60);
  }

  private void take(Change change) {
    var n = BigInteger.valueOf(change.n());
    if (change.add()) {
      sums.add(change.end(), change.n());
    } else {
      sums.subtract(change.end(), change.n());
    }
    model.merge(change.end(), change.add() ? n : n.negate(), BigInteger::add);
  }

  private long shown(long millis) {
    return exact(millis).min(MAX).max(MIN).longValueExact();
  }

  private boolean fits(long millis) {
    return exact(millis).bitLength() < Long.SIZE;
  }

  private BigInteger exact(long millis) {
    return model.tailMap(millis, false).values().stream().reduce(BigInteger.ZERO, BigInteger::add);
  }
}
