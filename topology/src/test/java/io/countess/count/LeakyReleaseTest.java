package io.countess.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Event;
import io.countess.event.Policy;
import io.countess.event.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Releases from a leaky bucket, against a queue in which every put drains in its turn. */
class LeakyReleaseTest {
  private static final OptionalLong NONE = OptionalLong.empty();

  @Property(tries = 1000)
  void shouldTakeBackWhatHasNotDrainedAndNeverMore(@ForAll("acts") List<ReleaseTest.Act> acts) {
    var counting = Counting.of(policy("7/m", 20));
    new Run(true).take(acts, counting);
  }

  @Property
  void shouldNeverTakeBackMoreThanIsLeftWhenTheRateChanges(
      @ForAll("acts") List<ReleaseTest.Act> before,
      @ForAll("acts") List<ReleaseTest.Act> after,
      @ForAll("rates") String from,
      @ForAll("rates") String to) {
    var first = Counting.of(policy(from, 20));
    var second = Counting.of(policy(to, 20));
    var run = new Run(false);
    run.take(before, first);
    run.take(after, second);
  }

  @Example
  void shouldTakeBackWhatIsLeftOfAPutOnTopOfAnother() {
    var bucket = Counting.of(policy("1/s", 10));
    State state = bucket.apply(null, Event.Put.of(4), Step.START, 0).after();
    Folded folded = bucket.apply(state, Event.Put.of(5), Step.START, 0);
    Added added = Added.of(Event.Put.of(5), folded).orElseThrow();

    Released later = bucket.release(folded.after(), added, NONE, Step.START + 6500, 0);
    Released gone = bucket.release(folded.after(), added, NONE, Step.START + 9000, 0);

    assertThat(later.folded().decision().details().released()).hasValue(2);
    assertThat(later.folded().decision().count()).hasValue(0);
    assertThat(gone.folded().decision().details().released()).hasValue(0);
    assertThat(gone.left()).isEmpty();
  }

  @Example
  void shouldNotTakeTheWaterOfALaterPutForWhatWasReleasedBefore() {
    var bucket = Counting.of(policy("1/s", 20));
    var ten = Event.Put.of(10);
    Folded a = bucket.apply(null, ten, Step.START, 0);
    Folded b = bucket.apply(a.after(), ten, Step.START, 0);
    State withoutA =
        bucket
            .release(b.after(), Added.of(ten, a).orElseThrow(), NONE, Step.START, 0)
            .folded()
            .after();
    long drained = Step.START + 10_000;
    State withC = bucket.apply(withoutA, ten, drained, 0).after();

    Released ofB = bucket.release(withC, Added.of(ten, b).orElseThrow(), NONE, drained, 0);

    assertThat(withoutA.countAt(drained)).isZero();
    assertThat(ofB.folded().decision().details().released()).hasValue(0);
    assertThat(ofB.folded().after()).isSameAs(withC);
  }

  @Example
  void shouldForgetGapsWhenTheyWouldHaveDrained() {
    var bucket = Counting.of(policy("1/s", 20));
    Folded put = bucket.apply(null, Event.Put.of(10), Step.START, 0);
    Added added = Added.of(Event.Put.of(10), put).orElseThrow();

    State empty = bucket.release(put.after(), added, NONE, Step.START, 0).folded().after();
    var again = (LeakyState) bucket.apply(empty, Event.Put.ONE, Step.START + 12_000, 0).after();

    assertThat(empty.freeAtMillis()).isEqualTo(Step.START);
    assertThat(empty.deadAtMillis()).isEqualTo(Step.START + 10_000);
    assertThat(again.gaps()).isZero();
  }

  private static Policy policy(String rate, long capacity) {
    return new Policy.Leaky(Rate.parse(rate), OptionalLong.of(capacity));
  }

  @Provide
  Arbitrary<List<ReleaseTest.Act>> acts() {
    return new ReleaseTest().acts();
  }

  @Provide
  Arbitrary<String> rates() {
    return Arbitraries.of("7/m", "11/m", "1/s", "500/h", "1/d");
  }

  /** A bucket, and beside it what is left of every put, in parts that suit every rate. */
  private static final class Run {
    private static final long PARTS = 86_400_000;

    private final List<Optional<Added>> lefts = new ArrayList<>();
    private final List<Long> queue = new ArrayList<>();
    private final boolean sameRate;
    private LeakyState state;
    private long now = Step.START;

    Run(boolean sameRate) {
      this.sameRate = sameRate;
    }

    void take(List<ReleaseTest.Act> acts, Counting counting) {
      for (var act : acts) {
        drain(act.advance());
        if (act.of().isEmpty()) {
          put(Event.Put.of(act.n()), counting);
        } else if (!queue.isEmpty()) {
          release(act.of().get() % queue.size(), act.most(), counting);
        }
        if (sameRate && state != null) {
          assertThat(parts(state.levelAt(now))).isEqualTo(queue.stream().mapToLong(n -> n).sum());
        }
      }
    }

    private void drain(long millis) {
      now += millis;
      long rest = state == null ? 0 : millis * parts(state.drain().unitsPerMilli());
      for (int i = 0; i < queue.size() && rest > 0; i++) {
        long drained = Math.min(rest, queue.get(i));
        queue.set(i, queue.get(i) - drained);
        rest -= drained;
      }
    }

    private void put(Event.Put put, Counting counting) {
      Folded folded = counting.apply(state, put, now, 0);
      state = (LeakyState) folded.after();
      Optional<Added> added = Added.of(put, folded);
      if (added.isPresent()) {
        lefts.add(added);
        queue.add(put.n().whole() * PARTS);
      }
    }

    private void release(int index, OptionalLong most, Counting counting) {
      if (lefts.get(index).isEmpty()) {
        return;
      }
      boolean isExact = sameRate && state.gapsAt(now) == 0;
      Released released = counting.release(state, lefts.get(index).get(), most, now, 0);
      var after = (LeakyState) released.folded().after();
      LeakyState before = state.at(now, after.drain());
      state = after;
      long taken = parts(before.level() - state.levelAt(now));
      long wanted = Math.min(queue.get(index), most.orElse(Long.MAX_VALUE / PARTS) * PARTS);

      // A change of rate rounds the level up by less than a unit, and what is on top drains later.
      assertThat(taken).isBetween(isExact ? wanted : 0, wanted + (sameRate ? 0 : parts(1)));
      assertThat(released.folded().decision().details().released()).hasValue(taken / PARTS);
      queue.set(index, Math.max(0, queue.get(index) - taken));
      lefts.set(index, released.left());
    }

    private long parts(long units) {
      return units * (PARTS / state.drain().unitsPerOne());
    }
  }
}
