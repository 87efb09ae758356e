package io.countess.event;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Arbitrary values of the wire contract. */
public final class Contract extends DomainContextBase {
  @Provide
  Arbitrary<CounterName> names() {
    return Combinators.combine(bytes(64), bytes(200)).as(CounterName::new);
  }

  @Provide
  Arbitrary<Rate> rates() {
    var periods =
        Arbitraries.of(
            Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofDays(1));
    return Combinators.combine(Arbitraries.longs().between(1, Rate.MAX_AMOUNT), periods)
        .as(Rate::new);
  }

  @Provide
  Arbitrary<Position> positions() {
    return Arbitraries.maps(
            Arbitraries.integers().between(0, 1023),
            Arbitraries.longs().between(0, 999_999_999_999_999_999L))
        .ofMaxSize(20)
        .map(offsets -> new Position(new TreeMap<>(offsets)));
  }

  @Provide
  Arbitrary<Policy> policies() {
    return Arbitraries.oneOf(expiring(), leaky(), totals());
  }

  @Provide
  Arbitrary<Event> events() {
    var onChange = Arbitraries.of(OnChange.class);
    return Arbitraries.oneOf(
        Combinators.combine(Arbitraries.longs(), ttls().optional()).as(Event.Put::new),
        Combinators.combine(Arbitraries.longs(), Arbitraries.of(true, false))
            .as(Event.SetValue::new),
        Combinators.combine(policies().optional(), onChange).as(Event.ChangePolicy::new),
        Combinators.combine(policies(), onChange).as(Event.ChangeDefaults::new),
        Arbitraries.of(Event.ONE, new Event.Reset(), new Event.Tick()));
  }

  @Provide
  Arbitrary<Decision> decisions() {
    var reasons = Arbitraries.strings().ofMaxLength(40).filter(Contract::isText).optional();
    return Combinators.combine(
            Arbitraries.of(Outcome.class),
            reasons,
            optionalLong(Long.MIN_VALUE),
            optionalLong(0),
            optionalLong(0),
            Arbitraries.longs().greaterOrEqual(0),
            positions().optional())
        .as(Decision::new);
  }

  /** Up to {@code max} bytes, of which those that mean something somewhere are common. */
  static Arbitrary<ByteString> bytes(int max) {
    var telling = Arbitraries.of((byte) '/', (byte) '%', (byte) '{', (byte) '}', (byte) 0);
    var letters = Arbitraries.bytes().between((byte) 'a', (byte) 'z');
    return Arbitraries.oneOf(Arbitraries.bytes(), telling, letters)
        .array(byte[].class)
        .ofMaxSize(max)
        .map(ByteString::of);
  }

  private static Arbitrary<Duration> ttls() {
    return Arbitraries.longs().between(1, Policy.MAX_TTL.toMillis()).map(Duration::ofMillis);
  }

  private static Arbitrary<Policy> expiring() {
    return Combinators.combine(ttls(), optionalLong(0)).as(Policy.Expiring::new);
  }

  private Arbitrary<Policy> leaky() {
    var capacities = Arbitraries.longs().between(0, Long.MAX_VALUE / 86_400_000).optional();
    return Combinators.combine(rates(), capacities.map(Contract::unboxed)).as(Policy.Leaky::new);
  }

  private static Arbitrary<Policy> totals() {
    return Combinators.combine(
            Arbitraries.longs().between(-1000, 1000),
            Arbitraries.longs().lessOrEqual(-1000).optional().map(Contract::unboxed),
            optionalLong(1000),
            optionalLong(1),
            Arbitraries.longs().greaterOrEqual(1000).optional().map(Contract::unboxed))
        .as(Contract::total);
  }

  private static Policy total(
      long initial, OptionalLong min, OptionalLong max, OptionalLong maxDelta, OptionalLong limit) {
    long within = limit.isPresent() && min.isEmpty() ? Math.abs(initial) : initial;
    return new Policy.Total(within, min, max, maxDelta, limit);
  }

  private static Arbitrary<OptionalLong> optionalLong(long atLeast) {
    return Arbitraries.longs().greaterOrEqual(atLeast).optional().map(Contract::unboxed);
  }

  private static OptionalLong unboxed(Optional<Long> value) {
    return value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty();
  }

  private static boolean isText(String text) {
    return text.chars().noneMatch(c -> Character.isSurrogate((char) c));
  }
}
