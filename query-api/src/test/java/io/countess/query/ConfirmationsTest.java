package io.countess.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Decision;
import io.countess.event.Outcome;
import io.countess.event.Position;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** A policy change is answered when every partition has applied it, or says which have not. */
class ConfirmationsTest {
  private static final OptionalLong NONE = OptionalLong.empty();
  private static final Decision DECISION =
      new Decision(
          Outcome.ACCEPTED, Optional.empty(), NONE, NONE, NONE, 1, Optional.of(Position.of(1, 9)));

  private final CompletableFuture<Void> zero = new CompletableFuture<>();
  private final CompletableFuture<Void> two = new CompletableFuture<>();
  private final CompletableFuture<Response> response =
      new Confirmations(DECISION, new TreeMap<>(Map.of(0, zero, 2, two)))
          .response()
          .toCompletableFuture();

  @Test
  void shouldAnswerTheDecisionOnceAllHaveConfirmed() {
    zero.complete(null);
    assertThat(response).isNotDone();

    two.complete(null);

    assertThat(response).isCompletedWithValue(new Response.Decided(DECISION));
  }

  @Test
  void shouldNameThoseThatHaveNotConfirmedInTime() {
    zero.complete(null);
    two.completeExceptionally(new TimeoutException());

    assertThat(response)
        .isCompletedWithValue(new Response.Unconfirmed(DECISION, new TreeSet<>(Set.of(2))));
  }

  @Test
  void shouldHaveNothingToWaitForInALogOfOnePartition() {
    assertThat(new Confirmations(DECISION, new TreeMap<>()).response().toCompletableFuture())
        .isCompletedWithValue(new Response.Decided(DECISION));
  }
}
