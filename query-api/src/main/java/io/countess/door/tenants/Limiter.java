package io.countess.door.tenants;

import io.countess.door.Told;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Outcome;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Limits the requests of each caller, by a leaky bucket that all instances share. */
final class Limiter {
  private static final Event ONE = Event.Put.of(1);
  private static final long MILLIS = 1000;

  private final Ports ports;
  private final Ready ready;
  private final Optional<RequestLimit> limit;

  Limiter(Ports ports, Ready ready, Optional<RequestLimit> limit) {
    this.ports = ports;
    this.ready = ready;
    this.limit = limit;
  }

  /**
   * What became of a request here.
   *
   * @param limit of requests of its kind; empty where there is none
   * @param refusal what it is told; empty where it may go on
   */
  record Verdict(OptionalLong limit, Optional<ApiReply> refusal) {
    static final Verdict FREE = new Verdict(OptionalLong.empty(), Optional.empty());

    /** The answer, saying what the limit is. */
    ApiReply mark(ApiReply reply) {
      return limit.isPresent()
          ? reply.with("X-RateLimit-Limit", Long.toString(limit.getAsLong()))
          : reply;
    }
  }

  /**
   * Counts a request.
   *
   * @param isNeeded whether it is refused where it can't be counted
   */
  CompletionStage<Verdict> count(String caller, boolean isRead, boolean isNeeded) {
    if (limit.isEmpty()) {
      return CompletableFuture.completedStage(Verdict.FREE);
    }
    long most = limit.get().most(isRead);
    return ready
        .limits()
        .thenCompose(told -> told.then(done -> put(caller, isRead)))
        .thenApply(told -> verdict(told, most, isNeeded));
  }

  private CompletionStage<Told<Decision>> put(String caller, boolean isRead) {
    ByteString namespace = isRead ? ports.names().reads() : ports.names().writes();
    return ports.submit(new CounterName(namespace, ByteString.utf8(caller)), ONE);
  }

  private static Verdict verdict(Told<Decision> told, long most, boolean isNeeded) {
    if (told.value().isEmpty()) {
      return isNeeded
          ? new Verdict(
              OptionalLong.empty(),
              Optional.of(ApiReply.soon("Service is temporarily unavailable")))
          : Verdict.FREE;
    }
    Decision decision = told.value().get();
    return new Verdict(
        OptionalLong.of(most),
        decision.outcome() == Outcome.REFUSED ? Optional.of(tooMany(decision)) : Optional.empty());
  }

  private static ApiReply tooMany(Decision decision) {
    long wait = decision.retryAfterMillis().orElse(MILLIS);
    return ApiReply.flat(429, "RATE_LIMIT_EXCEEDED", "Too many requests. Please retry later.")
        .with("Retry-After", Long.toString(Math.max(1, (wait + MILLIS - 1) / MILLIS)));
  }
}
