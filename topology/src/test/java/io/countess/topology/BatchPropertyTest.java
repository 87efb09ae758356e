package io.countess.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.count.State;
import io.countess.event.Amount;
import io.countess.event.Batch;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Write;
import io.countess.event.codec.PolicyCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A batch leads to what its events lead to in records of their own, that come at once. */
class BatchPropertyTest {
  private static final List<String> POLICIES =
      List.of(
          "{'kind':'value'}",
          "{'kind':'expiring','ttl':'5s','limit':6}",
          "{'kind':'leaky','rate':'1/s','capacity':6}",
          "{'kind':'window','period':'1m','limit':9,'keep':'1h'}",
          "{'kind':'total','limit':9}",
          "{'kind':'gauge','max':5.5,'min':-1}");

  private SplittableRandom random;
  private Instant now = FoldFixture.START;

  @Property(tries = 150)
  void shouldDecideEachAsInARecordOfItsOwn(@ForAll long seed) {
    random = new SplittableRandom(seed);
    now = FoldFixture.START;
    try (var one = fixture();
        var many = fixture()) {
      for (int i = 0; i < 25; i++) {
        List<Batch.Part> parts = parts();
        Decision batch = one.apply(parts.get(0).counter(), Batch.inOrder(parts), at());

        List<Decision> each = new ArrayList<>();
        parts.forEach(part -> each.add(many.apply(part.counter(), part.event(), now)));
        assertThat(batch.outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(decisions(batch)).as("%d: %s", i, parts).isEqualTo(each);
        assertAlike(one, many, parts);
      }
    }
  }

  @Property(tries = 150)
  void shouldCarryOutTogetherAllOrNone(@ForAll long seed) {
    random = new SplittableRandom(seed);
    now = FoldFixture.START;
    try (var one = fixture();
        var many = fixture()) {
      for (int i = 0; i < 40; i++) {
        List<Batch.Part> parts = distinct(parts());
        Decision batch = one.apply(parts.get(0).counter(), Batch.together(parts), at());

        if (batch.outcome() == Outcome.ACCEPTED) {
          List<Decision> each = new ArrayList<>();
          parts.forEach(part -> each.add(many.apply(part.counter(), part.event(), now)));
          assertThat(decisions(batch)).as("%d: %s", i, parts).isEqualTo(each);
        } else {
          many.tick(now); // time passes there, too
          assertThat(decisions(batch)).anyMatch(it -> it.outcome() == batch.outcome());
        }
        assertAlike(one, many, parts);
      }
    }
  }

  private static FoldFixture fixture() {
    var fold = FoldFixture.inMemory();
    for (int i = 0; i < POLICIES.size(); i++) {
      fold.policy("n" + i, POLICIES.get(i).replace('\'', '"'), FoldFixture.START);
    }
    return fold;
  }

  /** Mostly a little later; sometimes a little earlier. */
  private Instant at() {
    now = now.plusMillis(random.nextInt(10) == 0 ? 40_000 : random.nextInt(-200, 900));
    return now;
  }

  private List<Batch.Part> parts() {
    List<Batch.Part> parts = new ArrayList<>();
    for (int left = random.nextInt(1, 6); left > 0; left--) {
      int kind = random.nextInt(POLICIES.size());
      var counter = CounterName.of("n" + kind, "{t}" + random.nextInt(2));
      parts.add(new Batch.Part(counter, event()));
    }
    return parts;
  }

  private static List<Batch.Part> distinct(List<Batch.Part> parts) {
    List<CounterName> seen = new ArrayList<>();
    List<Batch.Part> kept = new ArrayList<>();
    for (Batch.Part part : parts) {
      if (!seen.contains(part.counter())) {
        seen.add(part.counter());
        kept.add(part);
      }
    }
    return kept;
  }

  private Event event() {
    int n = random.nextInt(-1, 5);
    return switch (random.nextInt(12)) {
      case 0 -> new Event.Reset();
      case 1 -> new Event.SetValue(n, random.nextBoolean());
      case 2 -> Write.of(new Write.Add(n));
      case 3 -> Write.of(new Write.Replace(n)).ending(end());
      case 4 -> Write.of(end());
      case 5 -> Event.Put.of(Amount.of(n + 0.5));
      case 6 -> Event.Put.of(n).bringing(policy(random.nextInt(POLICIES.size())));
      case 7 -> Event.Put.of(0);
      default -> Event.Put.of(Math.max(1, n));
    };
  }

  private Write.Expiry end() {
    return Write.Expiry.of(new Write.After(Duration.ofMillis(random.nextInt(1, 3000))));
  }

  private static Policy policy(int index) {
    String json = POLICIES.get(index).replace('\'', '"');
    return PolicyCodec.decode(FoldFixture.utf8(json.replace(",\"keep\":\"1h\"", "")));
  }

  private void assertAlike(FoldFixture one, FoldFixture many, List<Batch.Part> parts) {
    if (random.nextInt(5) == 0) {
      one.store().flushCache();
    }
    for (Batch.Part part : parts) {
      var here = one.reader().counterWithWindows(part.counter());
      var there = many.reader().counterWithWindows(part.counter());
      assertThat(live(here.state()))
          .as("%s", part)
          .usingRecursiveComparison()
          .isEqualTo(live(there.state()));
      assertThat(here.counting().policy()).isEqualTo(there.counting().policy());
      if (live(here.state()) != null) {
        assertThat(here.windows()).usingRecursiveComparison().isEqualTo(there.windows());
      }
    }
    long millis = now.toEpochMilli();
    assertThat(one.reader().everything().countAt(millis))
        .isEqualTo(many.reader().everything().countAt(millis));
  }

  /** When the row of what is dead goes is a matter of how many records come. */
  private State live(State state) {
    return state == null || state.deadAtMillis() <= now.toEpochMilli() ? null : state;
  }

  private static List<Decision> decisions(Decision batch) {
    return batch.details().parts().stream().map(Decision.Part::decision).toList();
  }
}
