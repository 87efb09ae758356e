package io.countess.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Position;
import io.countess.event.codec.PolicyCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * A counter with a policy of its own decides as one does whose namespace has that policy; and a
 * counter with a plan as one whose namespace has the policy that the plan comes to.
 */
class CounterPolicyPropertyTest {
  private static final List<Policy> POLICIES =
      List.of(
          policy("{'kind':'expiring','ttl':'5s','limit':4}"),
          policy("{'kind':'expiring','ttl':'90s','dedupe':'2s'}"),
          policy("{'kind':'leaky','rate':'1/s','capacity':3}"),
          policy("{'kind':'leaky','rate':'5/m','capacity':3,'mode':'observe'}"),
          policy("{'kind':'window','period':'1m','limit':9}"),
          policy("{'kind':'total','limit':9}"),
          policy("{'kind':'total','initial':2,'maxIds':3}"),
          policy("{'kind':'gauge','max':5.5,'min':-1}"),
          policy(
              "{'kind':'limits','limits':[{'kind':'leaky','rate':'1/s','capacity':3},"
                  + "{'kind':'window','period':'1m','limit':7}]}"));

  /** Those whose counters come to an end by themselves. */
  private static final List<Policy> ENDING =
      List.of(POLICIES.get(0), POLICIES.get(2), POLICIES.get(4));

  private static final Optional<Policy> SHARED = Optional.of(policy("{'kind':'total','max':1}"));

  /** What all of it is told beside: namespaces where all counters count alike. */
  private static final String ALONE = "alone-";

  @Property(tries = 200)
  void shouldDecideAsInANamespaceOfThatPolicy(@ForAll long seed) {
    var random = new SplittableRandom(seed);
    try (var fold = FoldFixture.inMemory()) {
      for (String namespace : List.of("n", ALONE + "k0", ALONE + "k1", ALONE + "k2")) {
        fold.apply(namespace, "", new Event.ChangePolicy(SHARED, OnChange.KEEP), FoldFixture.START);
      }
      Instant now = FoldFixture.START;
      for (int i = 0; i < 120; i++) {
        now = now.plusMillis(random.nextInt(20) == 0 ? 70_000 : random.nextInt(900));
        String key = "k" + random.nextInt(3);
        Event event = random.nextInt(8) == 0 ? change(random) : event(random);
        Decision own = fold.apply(CounterName.of("n", key), event, now);
        boolean isChange = event instanceof Event.ChangePolicy;
        var counter = CounterName.of(ALONE + key, isChange ? "" : key);
        Decision alone = fold.apply(counter, orDefault(event), now);

        assertThat(told(own)).as("%d: %s", i, event).isEqualTo(told(alone));
        if (random.nextInt(9) == 0) {
          fold.store().flushCache();
        }
        assertThat(fold.count("n", key, now)).isEqualTo(fold.count(ALONE + key, key, now));
      }
    }
  }

  @Property(tries = 100)
  void shouldDecideByAPlanAsByThePolicyThatItComesTo(@ForAll long seed) {
    var random = new SplittableRandom(seed);
    Map<String, Policy> free = Map.of("free", POLICIES.get(0), "other", POLICIES.get(1));
    Map<String, Policy> changed = Map.of("free", POLICIES.get(1), "pro", POLICIES.get(0));
    try (var fold = FoldFixture.inMemory()) {
      Instant now = FoldFixture.START;
      Map<String, Policy> plans = free;
      set(fold, "n", POLICIES.get(0), plans, now);
      fold.plan("n", "k", "free", now);
      for (int i = 0; i < 80; i++) {
        now = now.plusMillis(random.nextInt(2000));
        if (random.nextInt(10) == 0) {
          plans = plans.equals(free) ? changed : free;
          set(fold, "n", POLICIES.get(0), plans, now);
        }
        set(fold, ALONE, plans.get("free"), Map.of(), now);
        Event event = event(random);

        assertThat(told(fold.apply("n", "k", event, now)))
            .as("%d: %s", i, event)
            .isEqualTo(told(fold.apply(ALONE, "k", event, now)));
      }
    }
  }

  @Property(tries = 100)
  void shouldDecideAPutThatBringsItsPolicyAsAfterAChangeOfThat(@ForAll long seed) {
    var random = new SplittableRandom(seed);
    try (var fold = FoldFixture.inMemory()) {
      Instant now = FoldFixture.START;
      Policy last = null;
      for (int i = 0; i < 80; i++) {
        now = now.plusMillis(random.nextInt(3000));
        Policy policy = POLICIES.get(random.nextInt(2) + 2 * random.nextInt(2));
        long n = random.nextInt(0, 6);
        if (!policy.equals(last)) {
          var change = new Event.ChangePolicy(Optional.of(policy), OnChange.KEEP);
          Decision changed = fold.apply(CounterName.of("by", "k"), change, now);
          last = changed.outcome() == Outcome.ACCEPTED ? policy : last;
        }
        Decision brought = fold.apply("bring", "k", Event.Put.of(n).bringing(policy), now);
        if (policy.equals(last)) {
          Decision by = fold.put("by", "k", n, now);
          assertThat(told(brought)).as("%d: %s", i, policy).isEqualTo(told(by));
        } else {
          assertThat(brought.outcome()).isEqualTo(Outcome.IMPOSSIBLE);
        }
        assertThat(fold.count("bring", "k", now)).isEqualTo(fold.count("by", "k", now));
      }
    }
  }

  /** Beside it, somebody takes the policy away in time who always knows when that is. */
  @Property(tries = 200)
  void shouldDecideWhereAPolicyHasLapsedAsWhereItWasTakenAway(@ForAll long seed) {
    var random = new SplittableRandom(seed);
    try (var lapsing = FoldFixture.inMemory();
        var lasting = FoldFixture.inMemory()) {
      Policy shared = random.nextBoolean() ? SHARED.get() : POLICIES.get(0);
      set(lapsing, "n", shared, Map.of(), FoldFixture.START);
      set(lasting, "n", shared, Map.of(), FoldFixture.START);
      Instant now = FoldFixture.START;
      for (int i = 0; i < 120; i++) {
        now =
            now.plusMillis(
                random.nextInt(5) == 0 ? 50_000 + random.nextInt(50_000) : random.nextInt(2500));
        String key = "k" + random.nextInt(3);
        takeAwayWhereOver(lasting, key, now);
        Optional<Policy> own = Optional.of(random.nextInt(3)).filter(it -> it > 0).map(ENDING::get);
        Event event = own.isPresent() ? Event.Put.of(random.nextInt(0, 6)) : event(random);
        Decision one = lapsing.apply("n", key, bringing(event, own, true), now);
        Decision other = lasting.apply("n", key, bringing(event, own, false), now);

        assertThat(told(one)).as("%d: %s %s", i, event, own).isEqualTo(told(other));
        takeAwayWhereOver(lasting, key, now);
        assertThat(lapsing.count("n", key, now)).isEqualTo(lasting.count("n", key, now));
        if (random.nextInt(9) == 0) {
          lapsing.store().flushCache();
          lapsing.wallClock(Duration.ofSeconds(2)); // dead rows go now, and not at other times
        }
      }
    }
  }

  private static void takeAwayWhereOver(FoldFixture fold, String key, Instant at) {
    fold.tick(at);
    var counter = fold.reader().counter(CounterName.of("n", key));
    long floor = at.minusSeconds(60).toEpochMilli();
    boolean isOver = counter.state() == null || counter.state().deadAtMillis() <= floor;
    if (isOver && !counter.own().isNone()) {
      fold.apply("n", key, new Event.ChangePolicy(Optional.empty(), OnChange.RESET), at);
    }
  }

  private static Event bringing(Event event, Optional<Policy> own, boolean lapses) {
    return own.isEmpty()
        ? event
        : ((Event.Put) event)
            .bringing(lapses ? own.get().with(own.get().terms().lapsing()) : own.get());
  }

  private static void set(
      FoldFixture fold, String namespace, Policy policy, Map<String, Policy> plans, Instant at) {
    Policy with = policy.with(policy.terms().with(plans));
    fold.apply(namespace, "", new Event.ChangePolicy(Optional.of(with), OnChange.KEEP), at);
  }

  private static Event event(SplittableRandom random) {
    Optional<String> id =
        random.nextInt(3) == 0 ? Optional.of("i" + random.nextInt(6)) : Optional.empty();
    return switch (random.nextInt(8)) {
      case 0 -> new Event.Reset(id);
      case 1 -> new Event.SetValue(random.nextInt(6), random.nextBoolean(), id);
      case 2 ->
          new Event.Release("i" + random.nextInt(6), OptionalLong.empty(), id.map(i -> "r" + i));
      default -> new Event.Put(random.nextInt(-2, 5), Optional.empty(), id);
    };
  }

  private static Event change(SplittableRandom random) {
    boolean drops = random.nextInt(5) == 0;
    return new Event.ChangePolicy(
        drops ? Optional.empty() : Optional.of(POLICIES.get(random.nextInt(POLICIES.size()))),
        OnChange.RESET);
  }

  /** The namespace that counts alone goes back to what the other one has. */
  private static Event orDefault(Event event) {
    boolean drops = event instanceof Event.ChangePolicy change && change.isDrop();
    return drops ? new Event.ChangePolicy(SHARED, OnChange.RESET) : event;
  }

  /** All that is told but where it stands. */
  private static String told(Decision decision) {
    return decision.at(Position.of(0, 0)).toString().replaceAll(" at 0@\\d+", "");
  }

  private static Policy policy(String json) {
    return PolicyCodec.decode(FoldFixture.utf8(json.replace('\'', '"')));
  }
}
