package io.countess.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.answer.Answer;
import io.countess.answer.Readiness;
import io.countess.event.CounterName;
import io.countess.event.Position;
import io.countess.query.Demand;
import io.countess.query.Queries;
import io.countess.query.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loads are held up while the fold is too far behind what they have logged, and no longer. */
@Timeout(30)
class LoadPaceTest {
  private static final CounterName ALICE = CounterName.of("logins", "alice");
  private static final int MOST = LoadPace.FIRST_AHEAD;
  private static final long FIRST = 1_000_000; // much stands before it, which is not of loads

  private static final Duration SLOW = Duration.ofMillis(300);

  private final SlowFold fold = new SlowFold();
  private final AtomicLong nanos = new AtomicLong();
  private final LoadPace pace = new LoadPace(fold, nanos::get);
  private long next = FIRST;
  private final List<Thread> waiting = new ArrayList<>();

  @AfterEach
  void letAllGo() {
    waiting.forEach(Thread::interrupt);
  }

  @Test
  void shouldHoldUpNobodyWhileTheFoldIsNear() throws InterruptedException {
    pass();
    log(0, FIRST, MOST + 1);
    pass();
  }

  @Test
  void shouldHoldLoadsUpUntilTheFoldHasComeNearer() throws InterruptedException {
    log(0, FIRST, MOST + 2);
    Thread one = held();
    Thread other = held();

    fold.asked.get(0).find();

    one.join();
    other.join();
    pass();
  }

  @Test
  void shouldAskOneQuestionAtATimeAndThenOfTheLastLine() {
    log(0, FIRST, 256);
    assertThat(fold.asked).isEmpty();
    log(0, FIRST + 256, 1000);
    assertThat(fold.demanded()).containsExactly(Position.of(0, FIRST + 256));

    fold.asked.get(0).find();

    assertThat(fold.demanded().subList(1, fold.asked.size()))
        .containsExactly(Position.of(0, FIRST + 1255));
    fold.asked.get(1).find();
    log(0, FIRST + 1256, 255);
    assertThat(fold.asked).as("as long as few are not known to be counted").hasSize(2);
    log(0, FIRST + 1511, 1);
    assertThat(fold.asked).hasSize(3);
  }

  @Test
  void shouldWaitForEachPartition() throws InterruptedException {
    log(0, FIRST, MOST + 2);
    log(3, 0, MOST + 2);
    Thread load = held();

    fold.of(0).find();
    awaitHeld(load);
    fold.of(3).find();

    load.join();
  }

  @Test
  void shouldLetSomeLinesPassWhereNobodyCanSayHowFarTheFoldIs() throws InterruptedException {
    log(0, FIRST, MOST + 2);
    Thread load = held();

    fold.asked.get(0).answer(new Answer.NotReady<>("partition 0 moves", Duration.ofSeconds(1)));

    load.join();
    log(0, FIRST + MOST + 2, 19_000);
    pass();
    log(0, FIRST + MOST + 19_002, 3_000);
    held();
  }

  @Test
  void shouldWaitForAFoldThatIsSlowAndMovesOn() throws InterruptedException {
    log(0, FIRST, MOST + 2);
    Thread load = held();

    nanos.addAndGet(SLOW.toNanos());
    fold.asked.get(0).behind(FIRST + 10);
    awaitHeld(load);
    assertThat(fold.demanded()).hasSize(2);
    nanos.addAndGet(SLOW.toNanos());
    fold.asked.get(1).behind(FIRST + 20);
    awaitHeld(load);

    fold.asked.get(2).behind(FIRST + 20); // it stands still
    load.join();
  }

  @Test
  void shouldLetFewerLinesBeAheadWhileTheFoldIsSlowAndMoreAgainAfterwards() {
    logAndCount(SLOW, 3);
    assertThat(pace.window()).isEqualTo(MOST / 8);
    logAndCount(SLOW, 20);
    assertThat(pace.window()).isEqualTo(LoadPace.MIN_AHEAD);

    logAndCount(Duration.ofMillis(150), 20);
    assertThat(pace.window()).isEqualTo(LoadPace.MIN_AHEAD);
    logAndCount(Duration.ofMillis(5), 30);
    assertThat(pace.window()).isEqualTo(LoadPace.MAX_AHEAD);
  }

  @Test
  void shouldTakeTheTimeOfLinesThatWaitForTheirDecision() {
    decide(0, SLOW, MOST - 1);
    assertThat(pace.window()).as("none of them was sent later").isEqualTo(LoadPace.MAX_AHEAD);
    decide(0, SLOW, 1);
    assertThat(pace.window()).isEqualTo(MOST / 2);
    decide(0, SLOW, LoadPace.MAX_AHEAD);
    assertThat(pace.window()).isEqualTo(LoadPace.MIN_AHEAD);

    decide(1, Duration.ofMillis(5), 100_000);
    assertThat(pace.window()).as("another partition is quick").isEqualTo(LoadPace.MIN_AHEAD);
    decide(0, Duration.ofMillis(5), 100_000);
    assertThat(pace.window()).isEqualTo(LoadPace.MAX_AHEAD);
    assertThat(fold.asked).as("nobody has to be asked").isEmpty();
  }

  private void decide(int partition, Duration after, int lines) {
    for (int i = 0; i < lines; i++) {
      pace.decided(Position.of(partition, next++), after.toNanos());
    }
  }

  @Test
  void shouldBoundWhatIsOnItsWayToo() throws InterruptedException {
    for (int i = 0; i < LoadPace.MAX_AHEAD; i++) {
      pace.enter();
    }
    Thread load = held();
    pace.leave();
    load.join();

    logAndCount(SLOW, 1);
    Thread other = held();
    for (int i = pace.window(); i < LoadPace.MAX_AHEAD; i++) {
      pace.leave();
    }
    awaitHeld(other);
    pace.leave();
    other.join();
  }

  @Test
  void shouldGoOnWhereAQuestionFails() throws InterruptedException {
    log(0, FIRST, MOST + 2);
    Thread load = held();
    fold.asked.get(0).answer.completeExceptionally(new IllegalStateException("a bug"));
    load.join();

    fold.isBroken = true;
    log(1, FIRST, MOST + 2);
    pass();
  }

  private void pass() throws InterruptedException {
    pace.enter();
    pace.leave();
  }

  /** So often a question about what was logged is answered after so long. */
  private void logAndCount(Duration after, int times) {
    for (int i = 0; i < times; i++) {
      int asked = fold.asked.size();
      while (fold.asked.size() == asked) {
        log(0, next++, 1);
      }
      nanos.addAndGet(after.toNanos());
      fold.asked.get(asked).find();
    }
  }

  private void log(int partition, long from, int lines) {
    for (long offset = from; offset < from + lines; offset++) {
      pace.logged(ALICE, Position.of(partition, offset));
    }
  }

  /** A load that is not let pass. */
  private Thread held() {
    var load =
        new Thread(
            () -> {
              try {
                pace.enter();
              } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
              }
            });
    waiting.add(load);
    load.start();
    awaitHeld(load);
    return load;
  }

  private static void awaitHeld(Thread load) {
    Awaitility.await().until(() -> load.getState() == Thread.State.WAITING);
  }

  /** One question, and when and what it is answered. */
  private record Asked(Position demanded, CompletableFuture<Answer<?>> answer) {
    void find() {
      answer(new Answer.Found<>("a count", demanded));
    }

    void behind(long has) {
      answer(new Answer.Behind<>(demanded, Position.of(0, has)));
    }

    void answer(Answer<?> told) {
      answer.complete(told);
    }
  }

  /** Answers when the test says so. */
  private static final class SlowFold implements Queries {
    private final List<Asked> asked = new ArrayList<>();
    private boolean isBroken;

    List<Position> demanded() {
      return asked.stream().map(Asked::demanded).toList();
    }

    Asked of(int partition) {
      return asked.stream()
          .filter(it -> it.demanded.offset(partition).isPresent())
          .findFirst()
          .orElseThrow();
    }

    @Override
    @SuppressWarnings("unchecked") // loads ask for counts only, and look at no value
    public <A> CompletionStage<Answer<A>> ask(Question<A> question, Demand demand) {
      if (isBroken) {
        throw new IllegalStateException("a bug");
      }
      var next = new Asked(demand.position(), new CompletableFuture<>());
      asked.add(next);
      return (CompletionStage<Answer<A>>) (CompletionStage<?>) next.answer;
    }

    @Override
    public Readiness readiness() {
      throw new UnsupportedOperationException("loads don't ask for it");
    }
  }
}
