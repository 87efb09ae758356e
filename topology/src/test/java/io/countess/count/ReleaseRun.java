package io.countess.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;

/** A counter that takes puts and releases, and beside it what is left of every put. */
final class ReleaseRun {
  private final Counting counting;
  private final NaivePuts naive;
  private final long lowest;
  private final long highest;
  private final List<Optional<Added>> lefts = new ArrayList<>();
  private final Tally tally = new Tally();
  private State state;
  private long now = Step.START;

  ReleaseRun(Policy policy, LongUnaryOperator end, long lowest, long highest) {
    this.counting = Counting.of(policy);
    this.naive = new NaivePuts(end);
    this.lowest = lowest;
    this.highest = highest;
  }

  void take(List<ReleaseTest.Act> acts) {
    for (ReleaseTest.Act act : acts) {
      now += act.advance();
      if (act.of().isEmpty()) {
        put(act);
      } else if (naive.size() > 0) {
        release(act.of().get() % naive.size(), act.most());
      }
      assertThat(state == null ? 0 : state.countAt(now)).isEqualTo(naive.countAt(now));
      assertThat(tally.countAt(now)).isEqualTo(naive.countAt(now));
    }
  }

  private void put(ReleaseTest.Act act) {
    var put = Event.Put.of(act.n());
    Folded folded = counting.apply(state, put, now, 0);
    Optional<Added> added = Added.of(put, folded);
    boolean adds = folded.decision().outcome() == Outcome.ACCEPTED && act.n() != 0;
    assertThat(added.isPresent()).isEqualTo(adds);
    if (adds) {
      naive.put(act.n(), now);
      lefts.add(added);
    }
    follow(folded);
  }

  private void release(int index, OptionalLong most) {
    if (lefts.get(index).isEmpty()) {
      assertThat(naive.left(index, now)).isZero();
      return;
    }
    Added added = lefts.get(index).get();
    Released released = counting.release(state, added, most, now, 0);
    long left = naive.left(index, now);
    long n = Long.signum(left) * Math.min(Math.abs(left), most.orElse(Long.MAX_VALUE));
    check(released, index, n);
    lefts.set(index, released.left());
    follow(released.folded());
  }

  private void check(Released released, int index, long n) {
    Decision decision = released.folded().decision();
    long after = naive.countAt(now) - n;
    boolean leadsOut = n > 0 && after < lowest || n < 0 && after > highest;
    boolean observes = counting.policy().terms().mode() == Policy.Mode.OBSERVE;
    assertThat(decision.details().wouldRefuse()).isEqualTo(leadsOut && observes);
    if (leadsOut && !observes) {
      assertThat(decision.outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(released.left()).isEqualTo(lefts.get(index));
      return;
    }
    naive.take(index, n);
    assertThat(decision.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(decision.details().released()).hasValue(n);
    assertThat(decision.count()).hasValue(after);
  }

  /** As the state of a partition does. */
  private void follow(Folded folded) {
    if (folded.after() != state) {
      if (folded.addedEndMillis() != 0) {
        tally.added(folded.addedEndMillis(), folded.addedAmount(), state, folded.after());
      } else {
        tally.replaced(state, folded.after());
      }
      state = folded.after();
    }
    long keys = state != null && state.lastEndMillis() > now ? 1 : 0;
    assertThat(tally.keysAt(now)).isEqualTo(keys);
  }
}
