package io.countess.event;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Arbitrary values of the wire contract. */
public final class Contract extends DomainContextBase {
  private static final OptionalLong NONE = OptionalLong.empty();

  @Provide
  Arbitrary<CounterName> names() {
    return Combinators.combine(bytes(64), bytes(200)).as(CounterName::new);
  }

  @Provide
  Arbitrary<Rate> rates() {
    var periods =
        Arbitraries.oneOf(
                Arbitraries.of(1L, 60L, 3600L, 86_400L), Arbitraries.longs().between(1, 86_400))
            .map(Duration::ofSeconds);
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
    return Arbitraries.oneOf(
        ofAKind(expiring()),
        ofAKind(leaky()),
        ofAKind(windows()),
        ofAKind(totals()),
        ofAKind(gauges()),
        ofAKind(terms().map(Policy.Value::new)),
        severalLimits());
  }

  /** Plans have limits of the same kinds. */
  private static Arbitrary<Policy> severalLimits() {
    var capacities = Arbitraries.longs().between(0, 1000).map(OptionalLong::of);
    Arbitrary<Policy> one =
        Arbitraries.oneOf(
            Combinators.combine(ttls(), capacities).as(Policy.Expiring::new),
            capacities.map(limit -> new Policy.Leaky(Rate.parse("3/m"), limit)),
            capacities.map(limit -> new Policy.Total(0, NONE, NONE, NONE, limit)));
    var plans = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(9).optional();
    return Combinators.combine(one.list().ofMinSize(1).ofMaxSize(8), terms(), terms(), plans)
        .as(Contract::severalLimits);
  }

  private static Policy severalLimits(
      List<Policy> each, Terms terms, Terms others, Optional<String> plan) {
    var plain = new Policy.Limits(each, others);
    Map<String, Policy> plans = plan.isPresent() ? Map.of(plan.get(), plain) : Map.of();
    return plain.with(terms.with(plans));
  }

  /** With plans and without. */
  private static Arbitrary<Policy> ofAKind(Arbitrary<Policy> kind) {
    var plain = Combinators.combine(kind, terms(), journals()).as(Contract::withTerms);
    var names = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(9);
    var plans = Arbitraries.maps(names, plain).ofMaxSize(2);
    return Combinators.combine(plain, plans)
        .as((policy, named) -> policy.with(policy.terms().with(named)));
  }

  @Provide
  Arbitrary<Event> events() {
    return Arbitraries.oneOf(
        puts(),
        sets(),
        DrawnWrites.writes(ids()),
        releases(),
        claims(),
        batches(),
        changes(),
        Arbitraries.of(Event.Put.ONE));
  }

  @Provide
  Arbitrary<Decision> decisions() {
    return Combinators.combine(decided(), decided().map(Contract::asPart).list().ofMaxSize(3))
        .as(
            (decision, parts) -> {
              var own = decision.details();
              return decision.with(
                  new Decision.Details(
                      own.replayed(),
                      own.wouldRefuse(),
                      own.overIds(),
                      own.released(),
                      own.gauge(),
                      parts,
                      own.limits(),
                      own.window(),
                      own.value()));
            });
  }

  private static Decision.Part asPart(Decision decision) {
    long at = decision.atMillis();
    return new Decision.Part(CounterName.of("n" + at % 7, "{t}" + at), decision);
  }

  private Arbitrary<Decision> decided() {
    var reasons = Arbitraries.strings().ofMaxLength(40).filter(Contract::isText).optional();
    return Combinators.combine(
            Arbitraries.of(Outcome.class),
            reasons,
            optionalLong(Long.MIN_VALUE),
            optionalLong(0),
            Combinators.combine(optionalLong(0), optionalLong(0), optionalLong(0)).as(Waits::new),
            Arbitraries.longs().greaterOrEqual(0),
            positions().optional(),
            details())
        .as(Contract::decision);
  }

  /** How long to wait for the same to fit, for more to fit, and for all of the limit. */
  private record Waits(OptionalLong retryAfter, OptionalLong moreAfter, OptionalLong freeAfter) {}

  private static Decision decision(
      Outcome outcome,
      Optional<String> reason,
      OptionalLong count,
      OptionalLong limit,
      Waits waits,
      long at,
      Optional<Position> position,
      Decision.Details details) {
    var none = OptionalLong.empty();
    boolean real = details.gauge().isPresent();
    return new Decision(
        outcome,
        reason,
        real ? none : count,
        real ? none : limit,
        waits.retryAfter,
        waits.moreAfter,
        waits.freeAfter,
        at,
        position,
        details);
  }

  private static Arbitrary<Decision.Details> details() {
    var gauges =
        Combinators.combine(finite(), optionalDouble(finite())).as(Decision.GaugeValue::new);
    return Combinators.combine(
            Arbitraries.of(true, false),
            Arbitraries.of(true, false),
            optionalLong(0),
            gauges.optional(0.3),
            limits().optional(0.3),
            spans().optional(0.3),
            DrawnWrites.changes().optional(0.3))
        .as(
            (replayed, wouldRefuse, released, gauge, limits, window, value) ->
                new Decision.Details(
                    replayed,
                    wouldRefuse,
                    !wouldRefuse && replayed,
                    released,
                    gauge,
                    List.of(),
                    limits,
                    window,
                    value));
  }

  private static Arbitrary<Decision.Limits> limits() {
    var each =
        Combinators.combine(
                Arbitraries.longs(),
                Arbitraries.longs().greaterOrEqual(0),
                optionalLong(0),
                optionalLong(0))
            .as(LimitCount::new);
    var indices = Arbitraries.integers().between(0, 7).optional();
    return Combinators.combine(each.list().ofMaxSize(8), indices)
        .as(
            (all, index) ->
                new Decision.Limits(all, index.map(OptionalInt::of).orElse(OptionalInt.empty())));
  }

  private static Arbitrary<WindowSpan> spans() {
    var lengths = Arbitraries.longs().between(1, 1L << 40);
    return Combinators.combine(Arbitraries.longs().between(0, 1L << 48), lengths)
        .as((start, length) -> new WindowSpan(start, start + length));
  }

  private static Arbitrary<Optional<String>> ids() {
    return text(32).filter(id -> !id.isEmpty()).optional();
  }

  private static Arbitrary<Event> puts() {
    return Arbitraries.oneOf(
        Combinators.combine(Arbitraries.longs(), ttls().optional(), ids()).as(Event.Put::new),
        Combinators.combine(finite(), ids())
            .as((n, id) -> new Event.Put(Amount.of(n), Optional.empty(), id)));
  }

  private static Arbitrary<Event> sets() {
    var ifAbsent = Arbitraries.of(true, false);
    return Arbitraries.oneOf(
        Combinators.combine(Arbitraries.longs(), ifAbsent, ids()).as(Event.SetValue::new),
        Combinators.combine(finite(), ifAbsent, ids())
            .as((value, absent, id) -> new Event.SetValue(Amount.of(value), absent, id)));
  }

  private static Arbitrary<Event> releases() {
    var of = text(20).map(id -> "of-" + id);
    return Arbitraries.oneOf(
        Combinators.combine(of, optionalLong(1), ids().filter(Contract::isNoRelease))
            .as(Event.Release::new),
        ids().map(Event.Reset::new));
  }

  private static boolean isNoRelease(Optional<String> id) {
    return id.isEmpty() || !id.get().startsWith("of-");
  }

  private Arbitrary<Event> claims() {
    var parts =
        Combinators.combine(names(), Arbitraries.longs(), ttls().optional())
            .as(Event.Claim.Part::new)
            .list()
            .ofMinSize(1)
            .ofMaxSize(5)
            .uniqueElements(Event.Claim.Part::counter);
    return Combinators.combine(parts, ids()).as(Event.Claim::new);
  }

  private Arbitrary<Event> batches() {
    var puts =
        Combinators.combine(puts(), policies().optional(0.2))
            .as((put, own) -> own.map(((Event.Put) put)::bringing).orElse((Event.Put) put));
    var events =
        Arbitraries.oneOf(
                puts, sets(), DrawnWrites.writes(ids()), Arbitraries.of(new Event.Reset()))
            .map(event -> event.withId(Optional.empty()));
    var parts =
        Combinators.combine(names(), events).as(Batch.Part::new).list().ofMinSize(1).ofMaxSize(5);
    var notes = text(40).optional();
    return Arbitraries.oneOf(
        Combinators.combine(parts, ids(), notes)
            .as((some, id, note) -> new Batch(some, false, id, note)),
        Combinators.combine(parts.uniqueElements(Batch.Part::counter), ids(), notes)
            .as((some, id, note) -> new Batch(some, true, id, note)));
  }

  private Arbitrary<Event> changes() {
    var onChange = Arbitraries.of(OnChange.class);
    var plans = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(Terms.MAX_PLAN_BYTES);
    return Arbitraries.oneOf(
        Combinators.combine(policies().optional(), onChange, optionalLong(-1))
            .as(Event.ChangePolicy::new),
        Combinators.combine(plans, onChange).as(Event.ChangePolicy::toPlan),
        Combinators.combine(
                policies().filter(it -> !KeepRules.keeps(it)), onChange, optionalLong(-1))
            .as(Event.ChangeDefaults::new),
        Arbitraries.of(new Event.Tick()));
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

  private static Arbitrary<Terms> terms() {
    var dedupe =
        Arbitraries.longs()
            .between(Terms.MIN_DEDUPE.toMillis(), Terms.MAX_DEDUPE.toMillis())
            .map(Duration::ofMillis);
    var modes = Arbitraries.of(Policy.Mode.class);
    var ids = Arbitraries.longs().between(1, Terms.MOST_IDS);
    return Arbitraries.oneOf(
        Arbitraries.just(Terms.DEFAULT),
        Combinators.combine(modes, dedupe, ids, text(40).optional())
            .as((mode, memory, most, text) -> new Terms(mode, memory, most).describedBy(text)));
  }

  private static Arbitrary<Optional<Duration>> journals() {
    return Arbitraries.longs()
        .between(Terms.MIN_JOURNAL.toMillis(), Terms.MAX_JOURNAL.toMillis())
        .map(Duration::ofMillis)
        .optional(0.3);
  }

  /** Each kind with what it may have. */
  private static Policy withTerms(Policy policy, Terms terms, Optional<Duration> journal) {
    boolean mayHaveOne = List.of("total", "gauge", "value").contains(policy.kind());
    return policy.with(mayHaveOne ? terms.journaling(journal) : terms);
  }

  private static Arbitrary<Policy> windows() {
    var periods =
        Arbitraries.of("day", "week", "month", "quarter", "year", "1s", "minute", "15m", "hour");
    var zones = Arbitraries.of("UTC", "Z", "+02:00", "Europe/Berlin", "Australia/Lord_Howe");
    return Combinators.combine(
            periods.map(WindowPeriod::parse),
            zones.map(ZoneId::of),
            Arbitraries.longs().lessOrEqual(0).optional().map(Contract::unboxed),
            optionalLong(1),
            optionalLong(0),
            Arbitraries.integers().between(0, Policy.Window.MOST_KEPT),
            terms())
        .as(Policy.Window::new);
  }

  private static Arbitrary<Policy> gauges() {
    return Combinators.combine(
            optionalDouble(Arbitraries.doubles().between(-1e300, -1)),
            optionalDouble(Arbitraries.doubles().between(-1, 1e300)),
            optionalDouble(Arbitraries.doubles().between(1e-9, 1e300).ofScale(9)),
            terms())
        .as(Policy.Gauge::new);
  }

  private static Arbitrary<Double> finite() {
    var edges = Arbitraries.of(0.0, -0.0, 2.0, 1e300, Double.MIN_VALUE, -Double.MAX_VALUE);
    return Arbitraries.oneOf(Arbitraries.doubles(), edges);
  }

  private static Arbitrary<String> text(int max) {
    return Arbitraries.strings().ofMaxLength(max).filter(Contract::isText);
  }

  private static Arbitrary<OptionalDouble> optionalDouble(Arbitrary<Double> values) {
    return values
        .optional()
        .map(it -> it.isPresent() ? OptionalDouble.of(it.get()) : OptionalDouble.empty());
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
