package io.countess.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The totals of partitions are put together without passing 64 bits. */
class TotalsTest {
  @Property
  void shouldAddUpOrStayAtTheEnd(@ForAll long a, @ForAll long b) {
    BigInteger sum = BigInteger.valueOf(a).add(BigInteger.valueOf(b));
    BigInteger nearest =
        sum.min(BigInteger.valueOf(Long.MAX_VALUE)).max(BigInteger.valueOf(Long.MIN_VALUE));

    assertThat(new Totals(a, 1, false).and(new Totals(b, 2, true)))
        .isEqualTo(new Totals(nearest.longValueExact(), 3, true, !sum.equals(nearest)));
  }

  @Example
  void shouldStaySaturatedWhateverComesToIt() {
    var part = new Totals(Long.MAX_VALUE, 2, false, true);

    assertThat(part.and(new Totals(-1, 1, false)))
        .isEqualTo(new Totals(Long.MAX_VALUE - 1, 3, false, true));
    assertThat(Totals.ZERO.and(part)).isEqualTo(part);
  }
}
