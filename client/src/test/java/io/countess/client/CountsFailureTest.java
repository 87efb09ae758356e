package io.countess.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.countess.client.ProblemException.Problem;
import io.countess.event.CounterName;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CountsFailureTest {
  private static final CounterName ALICE = CounterName.of("logins", "alice");

  private final FakeServer server = new FakeServer();
  private final Counts counts = Counts.open(CountsConfig.of(server.url()).withApiKey("k3y"));

  @AfterEach
  void close() {
    counts.close();
    server.close();
  }

  @Test
  void shouldThrowTheProblemThatTheServerNames() {
    server.problem(
        503,
        "{'type':'urn:countess:problem:not-ready','title':'t','status':503,'detail':'restoring',"
            + "'field':'f','more':{'a':[]}}",
        "Retry-After",
        "2");
    assertThat(problem())
        .isEqualTo(
            new Problem(
                503,
                "urn:countess:problem:not-ready",
                "t",
                "restoring",
                Optional.of("f"),
                Optional.of(Duration.ofSeconds(2))));
    assertThat(server.asked().header("Authorization")).isEqualTo("Bearer k3y");
  }

  @Test
  void shouldThrowAProblemWhereSomethingElseAnswers() {
    server.answer(502, "text/html", "<h1>Bad Gateway</h1>", "Retry-After", "Wed, 21 Oct 2026");
    assertThat(problem())
        .isEqualTo(
            new Problem(
                502,
                "about:blank",
                "HTTP status 502",
                "HTTP status 502: <h1>Bad Gateway</h1>",
                Optional.empty(),
                Optional.empty()));
    server.answer(429, "text/plain", "");
    assertThatThrownBy(() -> counts.put(ALICE, 1))
        .isInstanceOf(ProblemException.class)
        .hasMessage("HTTP status 429");
  }

  @Test
  void shouldSayThatItDoesNotUnderstand() {
    for (String answer : new String[] {"", "<html>", "[]", "{'count':'3'}", "{'count':"}) {
      server.answer(answer);
      assertThatThrownBy(() -> counts.count(ALICE))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("the answer was not understood");
    }
    server.answer("{'count':3}");
    assertThatThrownBy(() -> counts.put(ALICE, 1)).hasMessageContaining("was not understood");
  }

  @Test
  void shouldSayThatNobodyListens() {
    String url = server.url();
    server.close();
    assertThatThrownBy(() -> counts.count(ALICE))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(url + ": the connection was refused");
  }

  @Test
  void shouldSayThatTheHostIsUnknown() {
    try (var lost = Counts.open(CountsConfig.of("http://nowhere.invalid:80"))) {
      assertThatThrownBy(() -> lost.count(ALICE)).hasMessageContaining("the host is unknown");
    }
  }

  @Test
  void shouldNotTakeAnAnswerOfAnySize() {
    server.handle(
        (exchange, asked) -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] blanks = new byte[1 << 20];
          for (int i = 0; i <= BoundedBody.MAX_BYTES >> 20; i++) {
            exchange.getResponseBody().write(blanks);
          }
        });
    assertThatThrownBy(() -> counts.count(ALICE)).hasMessageContaining("is larger than");
  }

  @Test
  void shouldStopWaitingWhenInterrupted() {
    var never = new CountDownLatch(1);
    var caller = Thread.currentThread();
    server.handle(
        (exchange, asked) -> {
          caller.interrupt();
          awaitQuietly(never);
        });
    assertThatThrownBy(() -> counts.count(ALICE)).hasCauseInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private Problem problem() {
    return catchThrowableOfType(ProblemException.class, () -> counts.count(ALICE)).problem();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }
}
