package io.countess.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Event;
import io.countess.event.Policy;
import io.countess.event.Rate;
import io.countess.event.Terms;
import io.countess.event.WindowPeriod;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.LongRange;

/** The totals of namespaces and of everything, against the sum over all counters. */
class TallyTest {
  private enum Act {
    PUT,
    RESET_COUNTER,
    EXPIRE,
    RESET_NAMESPACE,
    DROP_NAMESPACE,
    DROP_EVERYTHING
  }

  private record Action(
      Act act, String namespace, String key, long n, Duration ttl, long advance) {}

  @Property(tries = 1000)
  void shouldBeTheSumOverAllCountersAtAnyLaterInstant(
      @ForAll("actions") List<Action> actions, @ForAll @LongRange(max = 200_000) long later) {
    var partition = new Partition();
    for (Action action : actions) {
      partition.take(action);
      partition.assertTallied(partition.now);
      partition.assertTallied(partition.now + later);
    }
  }

  @Example
  void shouldLeaveTheKeysWhenTotalsBecomeGauges() {
    var namespace = new Tally();
    var everything = new Tally();
    State total = new TotalState(Step.START, 5);
    namespace.replaced(null, total);
    everything.replaced(null, total);
    var gauge = Counting.of(Policy.Gauge.unbounded());

    everything.subtractSums(namespace);
    namespace.clearSums();
    State before = gauge.adopt(total);
    namespace.replaced(before, gauge.apply(before, Event.Put.ONE, Step.START, 0).after());

    assertThat(namespace.countAt(Step.START)).isZero();
    assertThat(namespace.keysAt(Step.START)).isEqualTo(1);
    assertThat(everything.countAt(Step.START)).isZero();
    assertThat(everything.keysAt(Step.START)).isEqualTo(1);
  }

  @Provide
  Arbitrary<List<Action>> actions() {
    var acts =
        Arbitraries.frequency(
            Tuple.of(30, Act.PUT),
            Tuple.of(3, Act.RESET_COUNTER),
            Tuple.of(3, Act.EXPIRE),
            Tuple.of(1, Act.RESET_NAMESPACE),
            Tuple.of(2, Act.DROP_NAMESPACE),
            Tuple.of(2, Act.DROP_EVERYTHING));
    return Combinators.combine(
            acts,
            Arbitraries.of("expiring", "leaky", "window", "total", "gauge"),
            Arbitraries.of("a", "b", "c"),
            Arbitraries.longs().between(-3, 5),
            Arbitraries.of(Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofHours(1)),
            Arbitraries.longs().between(0, 30_000))
        .as(Action::new)
        .list()
        .ofMaxSize(80);
  }

  /** Counters and their tallies, kept as the state of a partition keeps them. */
  private static final class Partition {
    private static final OptionalLong NONE = OptionalLong.empty();
    private static final Policy WINDOW =
        new Policy.Window(
            WindowPeriod.parse("15s"), ZoneId.of("UTC"), NONE, NONE, NONE, 0, Terms.DEFAULT);

    private final Map<String, Counting> policies =
        Map.of(
            "expiring", Counting.of(new Policy.Expiring(Duration.ofSeconds(30), NONE)),
            "leaky", Counting.of(new Policy.Leaky(Rate.parse("30/m"), OptionalLong.of(9))),
            "window", Counting.of(WINDOW),
            "total", Counting.of(Policy.Total.unbounded()),
            "gauge", Counting.of(Policy.Gauge.unbounded()));

    private final Map<String, Map<String, State>> counters = new HashMap<>();
    private final Map<String, Tally> tallies = new HashMap<>();
    private final Tally everything = new Tally();
    private long now = Step.START;

    Partition() {
      for (String namespace : policies.keySet()) {
        counters.put(namespace, new HashMap<>());
        tallies.put(namespace, new Tally());
      }
    }

    void take(Action action) {
      now += action.advance();
      String namespace = action.namespace();
      switch (action.act()) {
        case PUT -> put(action);
        case RESET_COUNTER -> apply(action, new Event.Reset());
        case EXPIRE -> expire(namespace);
        case RESET_NAMESPACE -> reset(namespace);
        case DROP_NAMESPACE -> tallies.get(namespace).drop(floor());
        case DROP_EVERYTHING -> everything.drop(floor());
      }
    }

    private void put(Action action) {
      boolean expiring = action.namespace().equals("expiring");
      var ttl = Optional.of(action.ttl()).filter(any -> expiring);
      apply(action, new Event.Put(action.n(), ttl));
    }

    private void apply(Action action, Event event) {
      Map<String, State> states = counters.get(action.namespace());
      State before = states.get(action.key());
      Folded folded = policies.get(action.namespace()).apply(before, event, now, floor());
      State after = folded.after();
      if (after == before) {
        return;
      }
      for (Tally tally : List.of(tallies.get(action.namespace()), everything)) {
        if (folded.addedEndMillis() != 0) {
          tally.added(folded.addedEndMillis(), folded.addedAmount(), before, after);
        } else {
          tally.replaced(before, after);
        }
      }
      keep(states, action.key(), after);
    }

    private static void keep(Map<String, State> states, String key, State after) {
      if (after == null) {
        states.remove(key);
      } else {
        states.put(key, after);
      }
    }

    private void expire(String namespace) {
      var states = counters.get(namespace).values();
      for (State dead : states.stream().filter(s -> s.deadAtMillis() <= floor()).toList()) {
        tallies.get(namespace).replaced(dead, null);
        everything.replaced(dead, null);
        states.remove(dead);
      }
    }

    private void reset(String namespace) {
      everything.subtract(tallies.get(namespace));
      tallies.get(namespace).clear();
      counters.get(namespace).clear();
    }

    private long floor() {
      return now - 60_000;
    }

    void assertTallied(long millis) {
      long count = 0;
      long keys = 0;
      for (var namespace : counters.entrySet()) {
        var live =
            namespace.getValue().values().stream().filter(s -> s.lastEndMillis() > millis).toList();
        // The level of a bucket drains at every instant, so it is in no total; nor are fractions.
        long sum =
            Set.of("leaky", "gauge").contains(namespace.getKey())
                ? 0
                : live.stream().mapToLong(s -> s.countAt(millis)).sum();
        assertThat(tallies.get(namespace.getKey()).countAt(millis)).isEqualTo(sum);
        assertThat(tallies.get(namespace.getKey()).keysAt(millis)).isEqualTo(live.size());
        count += sum;
        keys += live.size();
      }
      assertThat(everything.countAt(millis)).isEqualTo(count);
      assertThat(everything.keysAt(millis)).isEqualTo(keys);
    }
  }
}
