package io.countess.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The totals of partitions are put together without passing 64 bits. */
class TotalsTest {
  @Property
  void shouldAddUpOrStayAtTheEnd(@ForAll long a, @ForAll long b) {
    BigInteger sum =
        BigInteger.valueOf(a)
            .add(BigInteger.valueOf(b))
            .min(BigInteger.valueOf(Long.MAX_VALUE))
            .max(BigInteger.valueOf(Long.MIN_VALUE));

    assertThat(new Totals(a, 1, false).and(new Totals(b, 2, true)))
        .isEqualTo(new Totals(sum.longValueExact(), 3, true));
  }
}
