package io.countess.door.metricnexus;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

/** Numbers as Go writes and reads them. */
class GoFloatTest {
  @Example
  void shouldFormatAsGoDoes() {
    var samples =
        Map.ofEntries(
            Map.entry(0.0, "0"),
            Map.entry(-0.0, "-0"),
            Map.entry(1.0, "1"),
            Map.entry(999999.0, "999999"),
            Map.entry(1000000.0, "1e+06"),
            Map.entry(1234567.0, "1.234567e+06"),
            Map.entry(20971521.5, "2.09715215e+07"),
            Map.entry(999999.5, "999999.5"),
            Map.entry(0.0001, "0.0001"),
            Map.entry(0.00001, "1e-05"),
            Map.entry(-0.000099, "-9.9e-05"),
            Map.entry(13.75, "13.75"),
            Map.entry(100.0, "100"),
            Map.entry(1e21, "1e+21"),
            Map.entry(1e100, "1e+100"),
            Map.entry(0.1 + 0.2, "0.30000000000000004"),
            Map.entry(9007199254740992.0, "9.007199254740992e+15"),
            Map.entry(Double.MIN_VALUE, "5e-324"),
            Map.entry(Double.MAX_VALUE, "1.7976931348623157e+308"),
            // Java before 19 writes 2.0E-3 as 0.0020 and these with a digit too many.
            Map.entry(2.0e-3, "0.002"),
            Map.entry(2.2250738585072014e-308, "2.2250738585072014e-308"),
            Map.entry(Double.parseDouble("2e23"), "2e+23"),
            Map.entry(0x1p-44, "5.684341886080802e-14"),
            Map.entry(Double.NaN, "NaN"),
            Map.entry(Double.POSITIVE_INFINITY, "+Inf"),
            Map.entry(Double.NEGATIVE_INFINITY, "-Inf"));
    samples.forEach((number, text) -> assertThat(GoFloat.format(number)).isEqualTo(text));
  }

  @Example
  void shouldReadAsGoDoes() {
    var samples =
        Map.ofEntries(
            Map.entry("5", 5.0),
            Map.entry("+5", 5.0),
            Map.entry("-.5e-3", -0.0005),
            Map.entry("5.", 5.0),
            Map.entry("1e21", 1e21),
            Map.entry("1_000", 1000.0),
            Map.entry("0x_1p4", 16.0),
            Map.entry("-0X1.8p+1", -3.0),
            Map.entry("0x1_0p0", 16.0),
            Map.entry("0x.8P0", 0.5),
            Map.entry("nan", Double.NaN),
            Map.entry("NaN", Double.NaN),
            Map.entry("+Inf", Double.POSITIVE_INFINITY),
            Map.entry("-infinity", Double.NEGATIVE_INFINITY),
            Map.entry("INF", Double.POSITIVE_INFINITY),
            Map.entry("1e999", Double.POSITIVE_INFINITY),
            Map.entry("-1e999", Double.NEGATIVE_INFINITY),
            Map.entry("1e-999", 0.0),
            Map.entry("1e99999999999999999999", Double.POSITIVE_INFINITY));
    samples.forEach((text, number) -> assertThat(GoFloat.parse(text)).hasValue(number));
  }

  @Example
  void shouldReadNothingElse() {
    for (String text :
        new String[] {
          "", " ", " 5", "5 ", "5\n", "abc", "1e", "e1", ".", "+", "--5", "1,5", "5f", "5d", "0x",
          "0x1", "0x1.8", "1__0", "_1", "1_", "1_.5", "1e_5", "1_e5", "+nan", "-nan", "in", "0b1p1",
          "٥", "5\u0000"
        }) {
      assertThat(GoFloat.parse(text)).as(text).isEmpty();
    }
  }

  @Property
  void shouldReadWhatItWrites(@ForAll long bits) {
    double number = Double.longBitsToDouble(bits);
    assertThat(GoFloat.parse(GoFloat.format(number))).hasValue(number);
  }

  /** With one digit less it is another number, whichever neighbour is taken. */
  @Property
  void shouldWriteTheFewestDigits(@ForAll long bits) {
    double number = Math.abs(Double.longBitsToDouble(bits));
    if (!Double.isFinite(number) || number == 0) {
      return;
    }
    var written = new BigDecimal(GoFloat.format(number)).stripTrailingZeros();
    int digits = written.precision();
    assertThat(digits).isLessThanOrEqualTo(17);
    var unit = BigDecimal.ONE.scaleByPowerOfTen(-(written.scale() - 1));
    BigDecimal below = new BigDecimal(number).divideToIntegralValue(unit).multiply(unit);
    if (digits > 1) {
      assertThat(below.doubleValue()).isNotEqualTo(number);
      assertThat(below.add(unit).doubleValue()).isNotEqualTo(number);
    }
  }

  @Property
  void shouldTakeAnyText(@ForAll @StringLength(max = 40) String text) {
    double number = GoFloat.parse(text).orElse(0);
    assertThat(GoFloat.format(number)).isNotEmpty();
  }

  /** Texts that are long take no longer than their length. */
  @Property(tries = 5)
  void shouldNotGoBackAndForth(@ForAll @IntRange(min = 1_000_000, max = 2_000_000) int length) {
    assertThat(GoFloat.parse("1".repeat(length) + "x")).isEmpty();
    assertThat(GoFloat.parse("0x" + "1_".repeat(length))).isEmpty();
    assertThat(GoFloat.parse("1".repeat(length))).hasValue(Double.POSITIVE_INFINITY);
  }
}
