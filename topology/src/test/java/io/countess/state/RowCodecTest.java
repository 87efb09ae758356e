package io.countess.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.count.Counting;
import io.countess.count.Drain;
import io.countess.count.ExpiringState;
import io.countess.count.GaugeState;
import io.countess.count.LeakyState;
import io.countess.count.LimitsState;
import io.countess.count.State;
import io.countess.count.StateForm;
import io.countess.count.TotalState;
import io.countess.count.ValueState;
import io.countess.count.WindowState;
import io.countess.event.Event;
import io.countess.event.Held;
import io.countess.event.Policy;
import io.countess.event.Rate;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Rows of counters as bytes: a later version must still read what this one wrote. */
class RowCodecTest {
  private static final byte[] KEY = "Clogins/alice".getBytes(StandardCharsets.UTF_8);
  private static final long AT = 1_767_225_600_000L;

  @Property
  void shouldReadBackARow(
      @ForAll("states") State state, @ForAll("epochs") long epoch, @ForAll int armedSeconds) {
    var row = new Row(KEY, 7, epoch);
    row.armedSeconds = armedSeconds;
    row.set(state, epoch);

    Row read = RowCodec.decode(KEY, 7, RowCodec.encode(row));

    assertThat(read.storeKey).isSameAs(KEY);
    assertThat(read.hash).isEqualTo(7);
    assertThat(read.epoch()).isEqualTo(epoch);
    assertThat(read.armedSeconds).isEqualTo(armedSeconds);
    assertThat(read.dirty).isFalse();
    assertThat(read.stateIn(epoch)).usingRecursiveComparison().isEqualTo(state);
    assertThat(read.stateIn(epoch + 1)).isNull();
  }

  @Example
  void shouldWriteTheseBytesForAnExpiringCounter() {
    var state = ExpiringState.of(AT, AT + 500, 3, AT + 60_000, 1);

    assertThat(hex(state, 0, 1_767_225_661))
        .isEqualTo(
            "11" + "00" + "bdf2d6ca06" + "80d0eab6b733" + "02" + "f403" + "03" + "ecd003" + "01");
  }

  @Example
  void shouldWriteTheseBytesForALeakyBucket() {
    var policy = new Policy.Leaky(Rate.parse("10/s"), OptionalLong.of(5));
    State state = Counting.of(policy).apply(null, Event.Put.of(2), AT, 0).after();

    assertThat(hex(state, 43, -1))
        .isEqualTo("12" + "2b" + "ffffffff0f" + "80d0eab6b733" + "c801" + "01" + "64");
  }

  @Example
  void shouldWriteTheseBytesForATotal() {
    assertThat(hex(new TotalState(AT, -3), 1, 0))
        .isEqualTo("13" + "01" + "00" + "80d0eab6b733" + "05");
  }

  @Example
  void shouldWriteTheseBytesForAWindow() {
    assertThat(hex(new WindowState(AT, AT - 500, AT + 60_000, -3), 1, 0))
        .isEqualTo("14" + "01" + "00" + "80d0eab6b733" + "f403" + "e0d403" + "05");
  }

  @Example
  void shouldWriteTheseBytesForAGauge() {
    assertThat(hex(new GaugeState(AT, 1.5), 1, 0))
        .isEqualTo("15" + "01" + "00" + "80d0eab6b733" + "bff003");
  }

  @Example
  void shouldWriteTheseBytesForALeakyBucketThatSomethingWasReleasedFrom() {
    assertThat(hex(new LeakyState(AT, 200, new Drain(1, 100), 300), 1, 0))
        .isEqualTo("16" + "01" + "00" + "80d0eab6b733" + "c801" + "01" + "64" + "ac02");
  }

  @Example
  void shouldWriteTheseBytesForSeveralLimits() {
    var bucket = new LeakyState(AT, 200, new Drain(1, 100));
    var window = new WindowState(AT - 7, AT - 500, AT + 60_000, 3);

    assertThat(hex(new LimitsState(AT, new State[] {bucket, null, window}), 1, 0))
        .isEqualTo(
            "17"
                + "01"
                + "00"
                + "80d0eab6b733"
                + "03"
                + "12"
                + "00"
                + "c801"
                + "01"
                + "64"
                + "00"
                + "14"
                + "07"
                + "ed03"
                + "e7d403"
                + "06");
  }

  @Example
  void shouldWriteTheseBytesForAValue() {
    assertThat(hex(new ValueState(AT, BigDecimal.valueOf(-3), State.NEVER, AT), 1, 0))
        .isEqualTo("18" + "01" + "00" + "80d0eab6b733" + "20" + "05" + "00");
    assertThat(hex(new ValueState(AT, new BigDecimal("1.5"), AT + 60_000, AT - 500), 1, 0))
        .isEqualTo("18" + "01" + "00" + "80d0eab6b733" + "61" + "1e" + "f403" + "e0d403");
    var large = new BigDecimal("9223372036854775808");
    assertThat(hex(new ValueState(AT, large, State.NEVER, AT), 1, 0))
        .isEqualTo("18" + "01" + "00" + "80d0eab6b733" + "00" + "09" + "008000000000000000" + "00");
  }

  @Example
  void shouldRefuseARowOfAVersionThatItDoesNotKnow() {
    byte[] row = HexFormat.of().parseHex("2100000001");

    assertThatThrownBy(() -> RowCodec.decode(KEY, 7, row))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("version");
  }

  @Example
  void shouldDrawEveryStateAndForm() {
    List<State> drawn = states().sampleStream().limit(1000).toList();

    assertThat(drawn.stream().<Class<?>>map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(State.class.getPermittedSubclasses());
    assertThat(drawn.stream().map(State::form).distinct())
        .containsExactlyInAnyOrder(StateForm.values());
  }

  private static String hex(State state, long epoch, int armedSeconds) {
    var row = new Row(KEY, 7, epoch);
    row.armedSeconds = armedSeconds;
    row.set(state, epoch);
    return HexFormat.of().formatHex(RowCodec.encode(row));
  }

  @Provide
  Arbitrary<Long> epochs() {
    return Arbitraries.longs().between(0, Long.MAX_VALUE - 1);
  }

  @Provide
  Arbitrary<State> states() {
    return Arbitraries.oneOf(
        List.of(
            expiring(), leaky(), leakyWithGaps(), window(), total(), gauge(), value(), limits()));
  }

  private static Arbitrary<State> value() {
    var most = new BigDecimal("999999999999999999999");
    var numbers =
        Arbitraries.oneOf(
            Arbitraries.longs().map(BigDecimal::valueOf),
            Arbitraries.bigDecimals()
                .between(most.negate(), most)
                .ofScale(17)
                .map(n -> new Held(n, OptionalLong.empty()).number()));
    var lives = Arbitraries.longs().between(1, 1L << 50).injectNull(0.4);
    return Combinators.combine(instants(), numbers, lives, Arbitraries.longs().between(0, 1L << 40))
        .as(
            (at, number, life, age) ->
                new ValueState(at, number, life == null ? State.NEVER : at + life, at - age));
  }

  private static Arbitrary<State> limits() {
    var each = Arbitraries.oneOf(List.of(expiring(), leaky(), leakyWithGaps(), window(), total()));
    return each.injectNull(0.2)
        .array(State[].class)
        .ofMinSize(1)
        .ofMaxSize(8)
        .map(states -> new LimitsState(lastOf(states), states));
  }

  private static long lastOf(State... states) {
    return Arrays.stream(states)
        .filter(Objects::nonNull)
        .mapToLong(State::atMillis)
        .max()
        .orElse(1);
  }

  private static Arbitrary<State> expiring() {
    var gaps = Arbitraries.longs().between(1, 1L << 40);
    var amounts = Arbitraries.longs().between(1, Long.MAX_VALUE);
    return Combinators.combine(instants(), Arbitraries.maps(gaps, amounts).ofMinSize(1))
        .as(
            (at, byGap) -> {
              var sorted = new TreeMap<>(byGap);
              long[] buckets = new long[2 * sorted.size()];
              int i = 0;
              for (var bucket : sorted.entrySet()) {
                buckets[i++] = at + bucket.getKey();
                buckets[i++] = bucket.getValue();
              }
              return ExpiringState.of(at, buckets);
            });
  }

  private static Arbitrary<State> leaky() {
    var rates =
        Combinators.combine(
                Arbitraries.longs().between(1, 999_999_999_999_999_999L),
                Arbitraries.of("s", "m", "h", "d"))
            .as((amount, unit) -> Rate.parse(amount + "/" + unit));
    var amounts = Arbitraries.longs().between(1, Long.MAX_VALUE / 86_400_000);
    return Combinators.combine(instants(), rates, amounts)
        .as(
            (at, rate, n) -> {
              var counting = Counting.of(new Policy.Leaky(rate, OptionalLong.empty()));
              return (LeakyState) counting.apply(null, Event.Put.of(n), at, 0).after();
            });
  }

  private static Arbitrary<State> leakyWithGaps() {
    var units = Arbitraries.longs().between(1, Long.MAX_VALUE / 4);
    return Combinators.combine(instants(), units, units, units, units).as(RowCodecTest::leaky);
  }

  private static State leaky(long at, long level, long perMilli, long perOne, long gaps) {
    return new LeakyState(at, level, new Drain(perMilli, perOne), gaps);
  }

  private static Arbitrary<State> window() {
    var lengths = Arbitraries.longs().between(0, 400L * 86_400_000);
    return Combinators.combine(instants(), lengths, lengths, Arbitraries.longs())
        .as((at, since, left, n) -> new WindowState(at, at - since, at + left + 1, n));
  }

  private static Arbitrary<State> gauge() {
    return Combinators.combine(instants(), Arbitraries.doubles()).as(GaugeState::new);
  }

  private static Arbitrary<State> total() {
    return Combinators.combine(instants(), Arbitraries.longs()).as(TotalState::new);
  }

  private static Arbitrary<Long> instants() {
    return Arbitraries.longs().between(1, 253_402_300_799_999L);
  }
}
