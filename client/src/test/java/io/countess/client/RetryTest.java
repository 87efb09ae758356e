package io.countess.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.countess.client.CountsConfig.Retry;
import io.countess.event.CounterName;
import io.countess.event.Durations;
import io.countess.event.Event;
import io.countess.event.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetryTest {
  private static final CounterName ALICE = CounterName.of("logins", "alice");
  private static final Submission WITH_ID =
      Submission.of(ALICE, new Event.Put(1, Optional.empty(), Optional.of("x")));

  private static final FakeServer.Handler LOST = (exchange, asked) -> {};
  private static final FakeServer.Handler ACCEPTED = replying(200, "{'outcome':'accepted','at':1}");
  private static final FakeServer.Handler REFUSED =
      replying(429, "{'type':'urn:countess:problem:refused','outcome':'refused','at':1}");
  private static final FakeServer.Handler UNKNOWN =
      replying(504, "{'detail':'no decision in time'}");
  private static final FakeServer.Handler NOT_SENT = replying(503, "{'detail':'not ready'}");

  private final FakeServer server = new FakeServer();
  private final CountsConfig config = CountsConfig.of(server.url());
  private final Counts counts = Counts.open(config);

  @AfterEach
  void close() {
    counts.close();
    server.close();
  }

  @Test
  void shouldSendAgainUnderTheSameIdWhileTheFateIsUnknown() {
    replyOneAfterTheOther(UNKNOWN, LOST, NOT_SENT, ACCEPTED);
    assertThat(counts.decide(WITH_ID).outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(server.all())
        .hasSize(4)
        .allSatisfy(asked -> assertThat(asked.header("Idempotency-key")).isEqualTo("x"));
  }

  @Test
  void shouldEndWithWhateverTheServerDecides() {
    replyOneAfterTheOther(LOST, REFUSED);
    assertThat(counts.decide(WITH_ID).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(server.all()).hasSize(2);
  }

  @Test
  void shouldNotSendAgainWithoutAnId() {
    replyOneAfterTheOther(UNKNOWN, ACCEPTED);
    assertThatThrownBy(() -> counts.put(ALICE, 1)).hasMessage("no decision in time");
    replyOneAfterTheOther(LOST, ACCEPTED);
    assertThatThrownBy(() -> counts.put(ALICE, 1)).isInstanceOf(UncheckedIOException.class);
    assertThat(server.all()).hasSize(2);
  }

  @Test
  void shouldNotSendAgainWhereThatIsNotWanted() {
    try (var once = Counts.open(config.withRetry(Retry.NEVER))) {
      replyOneAfterTheOther(UNKNOWN, ACCEPTED);
      assertThatThrownBy(() -> once.decide(WITH_ID)).hasMessage("no decision in time");
      assertThat(server.all()).hasSize(1);
    }
  }

  @Test
  void shouldNotSendAgainWhatCertainlyDidNotHappen() {
    replyOneAfterTheOther(NOT_SENT, ACCEPTED);
    assertThatThrownBy(() -> counts.decide(WITH_ID)).hasMessage("not ready");
    assertThat(server.all()).hasSize(1);
    server.close();
    assertThatThrownBy(() -> counts.decide(WITH_ID)).hasMessageContaining("was refused");
  }

  @Test
  void shouldTellInTheEndWhyTheFateIsUnknown() {
    try (var hasty = Counts.open(config.withTimeout(Duration.ofSeconds(2)))) {
      server.handle(UNKNOWN);
      assertThatThrownBy(() -> hasty.decide(WITH_ID))
          .isInstanceOf(ProblemException.class)
          .hasMessage("no decision in time");
      assertThat(server.all()).hasSizeGreaterThan(2);
      assertThat(server.all())
          .extracting(asked -> Durations.parse("timeout", asked.timeout()))
          .isSortedAccordingTo(Comparator.reverseOrder())
          .allSatisfy(time -> assertThat(time).isLessThanOrEqualTo(Duration.ofMillis(1900)));
    }
  }

  @Test
  void shouldStopSendingAgainWhenInterrupted() {
    var caller = Thread.currentThread();
    server.handle(
        (exchange, asked) -> {
          caller.interrupt();
          UNKNOWN.handle(exchange, asked);
        });
    assertThatThrownBy(() -> counts.decide(WITH_ID)).hasMessage("interrupted");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(server.all()).hasSize(1);
  }

  private void replyOneAfterTheOther(FakeServer.Handler... replies) {
    Deque<FakeServer.Handler> left = new ArrayDeque<>(Arrays.asList(replies));
    server.handle((exchange, asked) -> left.remove().handle(exchange, asked));
  }

  private static FakeServer.Handler replying(int status, String json) {
    String type = status == 200 ? "application/json" : "application/problem+json";
    return (HttpExchange exchange, FakeServer.Asked asked) -> send(exchange, status, type, json);
  }

  private static void send(HttpExchange exchange, int status, String type, String json)
      throws IOException {
    FakeServer.send(exchange, status, type, json);
  }
}
