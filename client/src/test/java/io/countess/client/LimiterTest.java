package io.countess.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.countess.client.Verdict.Fate;
import io.countess.client.Verdict.Reason;
import io.countess.event.CounterName;
import io.countess.event.Event;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LimiterTest {
  private static final CounterName ALICE = CounterName.of("logins", "alice");
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(150);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final String NOT_READY =
      "{'type':'urn:countess:problem:not-ready','title':'t','detail':'restoring'}";
  private static final Submission WITH_ID =
      Submission.of(ALICE, new Event.Put(1, Optional.empty(), Optional.of("x")));

  private final FakeServer server = new FakeServer();
  private final Counts counts = Counts.open(CountsConfig.of(server.url()));
  private final AtomicLong nanos = new AtomicLong();
  private final List<Verdict> told = new ArrayList<>();

  @AfterEach
  void close() {
    counts.close();
    server.close();
  }

  @Test
  void shouldPassOnWhatTheServerSays() {
    try (var limiter = limiter(LimiterConfig.failOpen(LONG))) {
      server.answer("{'outcome':'accepted','count':1,'at':1}");
      var passed = limiter.ask(ALICE, 1);
      assertThat(passed.mayPass()).isTrue();
      assertThat(passed.decision().get().count()).hasValue(1);
      assertThat(passed.unheard()).isEmpty();
      server.problem(429, "{'type':'urn:countess:problem:refused','outcome':'refused','at':1}");
      var refused = limiter.ask(ALICE, 1);
      assertThat(refused.mayPass()).isFalse();
      assertThat(told).containsExactly(passed, refused);
      assertThat(limiter.tally()).isEqualTo(new LimiterTally(2, Map.of(), 0, 0, 0, false));
    }
  }

  @Test
  void shouldPassOnlyAClaimThatIsNotLate() {
    try (var limiter = limiter(LimiterConfig.failOpen(LONG))) {
      server.answer("{'outcome':'late','count':0,'at':1}");
      assertThat(limiter.ask(ALICE, 1).mayPass()).isTrue();
      var claim = new Event.Claim(List.of(Event.Claim.Part.of(ALICE, 1)), Optional.empty());
      assertThat(limiter.ask(Submission.of(claim)).mayPass()).isFalse();
      assertThatThrownBy(() -> limiter.ask(Submission.of(ALICE, new Event.Reset())))
          .hasMessageContaining("it must be a put or a claim");
    }
  }

  @Test
  void shouldDecideItselfWhereTheServerCantDecide() {
    server.problem(503, NOT_READY);
    try (var open = limiter(LimiterConfig.failOpen(LONG));
        var closed = limiter(LimiterConfig.failClosed(LONG))) {
      assertThat(open.ask(ALICE, 1).mayPass()).isTrue();
      assertThat(closed.ask(ALICE, 1).mayPass()).isFalse();
      assertThat(told)
          .allSatisfy(it -> assertThat(it.decision()).isEmpty())
          .extracting(it -> it.unheard().get().reason())
          .containsExactly(Reason.PROBLEM, Reason.PROBLEM);
      assertThat(told.get(0).unheard().get().failure().get()).hasMessage("restoring");
      assertThat(told)
          .extracting(it -> it.unheard().get().fate())
          .containsExactly(Fate.SENT_LATER, Fate.NOT_COUNTED);
      assertThat(closed.tally())
          .isEqualTo(new LimiterTally(0, Map.of(Reason.PROBLEM, 1L), 0, 0, 0, false));
    }
  }

  @Test
  void shouldSayWhatBecomesOfAPutWhoseFateIsUnknown() {
    try (var limiter = limiter(LimiterConfig.failOpen(SHORT))) {
      server.handle((exchange, asked) -> {});
      assertThat(limiter.ask(ALICE, 1).unheard().get().fate()).isEqualTo(Fate.UNKNOWN);
      assertThat(limiter.ask(WITH_ID).unheard().get().fate()).isEqualTo(Fate.SENT_LATER);
      server.problem(403, "{'type':'t','title':'no'}");
      assertThat(limiter.ask(WITH_ID).unheard().get().fate()).isEqualTo(Fate.NOT_COUNTED);
      server.close();
      var refused = limiter.ask(ALICE, 1).unheard().get();
      assertThat(refused.reason()).isEqualTo(Reason.NO_ANSWER);
      assertThat(refused.fate()).isEqualTo(Fate.SENT_LATER);
    }
  }

  @Test
  void shouldLeaveAServerAloneThatHangs() {
    try (var hung = SilentServer.stopped();
        var there = Counts.open(CountsConfig.of(hung.url()));
        var limiter = limiter(there, LimiterConfig.failOpen(SHORT).withPause(2, PAUSE))) {
      long start = System.nanoTime();
      for (int i = 0; i < 1000; i++) {
        assertThat(limiter.ask(ALICE, 1).mayPass()).isTrue();
      }
      // Two callers waited, where all of them would have for 150 s.
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      assertThat(limiter.tally().unheard())
          .isEqualTo(Map.of(Reason.NO_ANSWER, 2L, Reason.RESTING, 998L));
      assertThat(limiter.tally().isResting()).isTrue();
      nanos.addAndGet(PAUSE.toNanos());
      limiter.ask(ALICE, 1);
      limiter.ask(ALICE, 1);
      assertThat(limiter.tally().unheard())
          .isEqualTo(Map.of(Reason.NO_ANSWER, 3L, Reason.RESTING, 999L));
    }
  }

  @Test
  void shouldAskAgainWhenTheServerIsBack() {
    server.problem(503, NOT_READY);
    try (var limiter = limiter(LimiterConfig.failOpen(LONG).withPause(1, PAUSE))) {
      limiter.ask(ALICE, 1);
      server.answer("{'outcome':'accepted','at':1}");
      assertThat(limiter.ask(ALICE, 1).unheard().get().reason()).isEqualTo(Reason.RESTING);
      nanos.addAndGet(PAUSE.toNanos());
      assertThat(limiter.ask(ALICE, 1).decision()).isPresent();
      assertThat(limiter.ask(ALICE, 1).decision()).isPresent();
      assertThat(limiter.tally().isResting()).isFalse();
    }
  }

  @Test
  void shouldNotLeaveAServerAloneThatSaysNo() {
    server.problem(403, "{'type':'t','title':'The key does not allow this'}");
    try (var limiter = limiter(LimiterConfig.failClosed(LONG).withPause(1, PAUSE))) {
      limiter.ask(ALICE, 1);
      limiter.ask(ALICE, 1);
      assertThat(told)
          .extracting(it -> it.unheard().get().reason())
          .containsExactly(Reason.PROBLEM, Reason.PROBLEM);
    }
  }

  @Test
  void shouldLetOnlySoManyCallersWait() throws Exception {
    var inside = new CountDownLatch(2);
    var goOn = new CountDownLatch(1);
    server.handle(
        (exchange, asked) -> {
          inside.countDown();
          awaitQuietly(goOn);
          FakeServer.send(exchange, 200, "application/json", "{'outcome':'accepted','at':1}");
        });
    var callers = Executors.newFixedThreadPool(2);
    try (var limiter = Limiter.open(counts, LimiterConfig.failClosed(LONG).withMostWaiting(2))) {
      var waiting = new ArrayList<Future<Verdict>>();
      for (int i = 0; i < 2; i++) {
        waiting.add(callers.submit(() -> limiter.ask(ALICE, 1)));
      }
      inside.await();
      var third = limiter.ask(ALICE, 1);
      assertThat(third.mayPass()).isFalse();
      assertThat(third.unheard().get().reason()).isEqualTo(Reason.TOO_MANY_WAIT);
      goOn.countDown();
      for (var one : waiting) {
        assertThat(one.get().mayPass()).isTrue();
      }
      assertThat(limiter.ask(ALICE, 1).mayPass()).isTrue();
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void shouldSendLaterWhatPassedWithoutTheServerUntilItIsTaken() {
    var loads = new ArrayList<String>();
    var refused = new AtomicInteger(2);
    server.handle(
        (exchange, asked) -> {
          if (!asked.line().startsWith("POST /v1/events")) {
            FakeServer.send(exchange, 503, "application/problem+json", NOT_READY);
          } else if (refused.getAndDecrement() > 0) {
            FakeServer.send(exchange, 503, "application/problem+json", NOT_READY);
          } else {
            loads.add(asked.body());
            String summary = "{'logged':2,'rejected':0,'errors':[],'position':'0@1'}";
            FakeServer.send(exchange, 200, "application/json", summary);
          }
        });
    var config = LimiterConfig.failOpen(LONG).withPause(1, Duration.ofMillis(200));
    try (var limiter = limiter(config)) {
      limiter.ask(ALICE, 3);
      limiter.ask(WITH_ID);
      assertThat(limiter.tally().waiting()).isEqualTo(2);
      await().until(() -> limiter.tally().sentLater() == 2);
      assertThat(limiter.tally().waiting()).isZero();
      assertThat(limiter.tally().lost()).isZero();
    }
    assertThat(loads).hasSize(1);
    assertThat(loads.get(0).split("\n"))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches(
                        "\\{\"namespace\":\"logins\",\"key\":\"alice\",\"n\":3,"
                            + "\"id\":\"[-0-9a-f]{36}\",\"at\":\\d{13}}"),
            line -> assertThat(line).contains("\"id\":\"x\",\"at\":"));
  }

  @Test
  void shouldKeepNoMoreForLaterThanItMay() {
    server.problem(503, NOT_READY);
    try (var limiter = limiter(LimiterConfig.failOpen(LONG).withMostLater(1));
        var without = limiter(LimiterConfig.failOpen(LONG).withMostLater(0))) {
      assertThat(limiter.ask(ALICE, 1).unheard().get().fate()).isEqualTo(Fate.SENT_LATER);
      assertThat(limiter.ask(ALICE, 1).unheard().get().fate()).isEqualTo(Fate.NOT_COUNTED);
      assertThat(limiter.tally().lost()).isEqualTo(1);
      assertThat(without.ask(ALICE, 1).unheard().get().fate()).isEqualTo(Fate.NOT_COUNTED);
      assertThat(without.tally().lost()).isZero();
    }
  }

  @Test
  void shouldGiveUpWhatGrewOlderThanIdsAreRememberedFor() {
    server.problem(503, NOT_READY);
    var config = LimiterConfig.failOpen(LONG).withPause(5, Duration.ofMillis(10));
    try (var limiter = limiter(config)) {
      var old = Clock.systemUTC().instant().minus(Later.MAX_AGE).minusSeconds(1);
      limiter.ask(Submission.of(ALICE, Event.Put.of(1), old));
      await().until(() -> limiter.tally().lost() == 1);
      assertThat(limiter.tally().waiting()).isZero();
    }
  }

  @Test
  void shouldLoseWhatWaitsWhenItIsClosed() {
    server.problem(503, NOT_READY);
    var limiter = limiter(LimiterConfig.failOpen(LONG));
    limiter.ask(ALICE, 1);
    limiter.close();
    assertThat(limiter.tally().lost()).isEqualTo(1);
    assertThat(limiter.ask(ALICE, 1).unheard().get().fate()).isEqualTo(Fate.NOT_COUNTED);
  }

  @Test
  void shouldNotTakeAnInterruptForAVerdict() {
    try (var limiter = limiter(LimiterConfig.failOpen(LONG))) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> limiter.ask(ALICE, 1)).hasMessage("interrupted");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private Limiter limiter(LimiterConfig config) {
    return limiter(counts, config);
  }

  private Limiter limiter(Counts there, LimiterConfig config) {
    return new Limiter(there, config, told::add, Clock.systemUTC(), nanos::get);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }
}
