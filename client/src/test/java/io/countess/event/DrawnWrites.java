package io.countess.event;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arbitrary writes of values, and what they change. */
final class DrawnWrites {
  private DrawnWrites() {}

  static Arbitrary<Event> writes(Arbitrary<Optional<String>> ids) {
    var conditions = Arbitraries.of(Write.If.class);
    var deletes = new Write.Replace(Optional.empty());
    return Arbitraries.oneOf(
        Combinators.combine(adds(), expiries(changingEnds()).optional(), conditions, ids)
            .as((add, expiry, onlyIf, id) -> new Write(Optional.of(add), expiry, onlyIf, id)),
        Combinators.combine(numbers(), expiries(anyEnds()).optional(), conditions, ids)
            .as(
                (number, expiry, onlyIf, id) ->
                    new Write(
                        Optional.of(new Write.Replace(Optional.of(number))), expiry, onlyIf, id)),
        Combinators.combine(conditions, ids)
            .as((onlyIf, id) -> new Write(Optional.of(deletes), Optional.empty(), onlyIf, id)),
        Combinators.combine(expiries(changingEnds()), conditions, ids)
            .as(
                (expiry, onlyIf, id) ->
                    new Write(Optional.empty(), Optional.of(expiry), onlyIf, id)));
  }

  static Arbitrary<HeldChange> changes() {
    var held =
        Combinators.combine(numbers(), Arbitraries.longs().greaterOrEqual(0).optional())
            .as((number, end) -> new Held(number, unboxed(end)));
    return Combinators.combine(held.optional(), held.optional()).as(HeldChange::new);
  }

  private static OptionalLong unboxed(Optional<Long> value) {
    return value.map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  static Arbitrary<BigDecimal> numbers() {
    return Arbitraries.oneOf(
        Arbitraries.longs().map(BigDecimal::valueOf),
        Arbitraries.bigDecimals()
            .between(
                new BigDecimal("-999999999999999999999"), new BigDecimal("999999999999999999999"))
            .ofScale(HeldNumber.MOST_BEHIND),
        Arbitraries.of("0", "0.0", "-0.5", "100", "2.0", "1e20", "0.00000000000000001")
            .map(BigDecimal::new));
  }

  private static Arbitrary<Write.Add> adds() {
    var bounds = numbers().list().ofSize(2).map(two -> two.stream().sorted().toList());
    var inBounds =
        Combinators.combine(numbers(), bounds, Arbitraries.of(true, false))
            .as(
                (n, ends, saturates) ->
                    new Write.Add(
                        n.setScale(Math.max(1, n.scale())),
                        Optional.of(ends.get(0)),
                        Optional.of(ends.get(1)),
                        saturates));
    return Arbitraries.oneOf(numbers().map(Write.Add::new), inBounds);
  }

  private static Arbitrary<Write.Expiry> expiries(Arbitrary<Write.End> ends) {
    return Combinators.combine(ends, Arbitraries.of(Write.EndIf.class)).as(Write.Expiry::new);
  }

  private static Arbitrary<Write.End> changingEnds() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(1, 1L << 50).map(Duration::ofMillis).map(Write.After::new),
        Arbitraries.longs().between(0, Instants.LAST_MILLIS).map(Write.At::new),
        Arbitraries.of(new Write.Never()));
  }

  private static Arbitrary<Write.End> anyEnds() {
    return Arbitraries.oneOf(changingEnds(), Arbitraries.of(new Write.Kept()));
  }
}
