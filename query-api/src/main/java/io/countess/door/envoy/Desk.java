package io.countess.door.envoy;

import io.countess.door.Admission;
import io.countess.door.Caller;
import io.countess.door.DoorMeters;
import io.countess.door.DoorOutcome;
import io.countess.door.Floor;
import io.countess.door.Told;
import io.countess.event.InvalidInputException;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.Code;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests to answers, however they came. */
final class Desk {
  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

  private final Floor floor;
  private final CurrentRules rules;
  private final CounterNames names;
  private final Responses responses;
  private final Admission admission;
  private final Decider decider;
  private final DoorMeters meters;
  private final Map<Object, CompletableFuture<Told<RateLimitResponse>>> underWay =
      new ConcurrentHashMap<>();

  Desk(EnvoyConfig config, Floor floor, CurrentRules rules, Admission admission) {
    this.floor = floor;
    this.rules = rules;
    this.names = new CounterNames(config.namespace());
    this.responses = new Responses(config.headers());
    this.admission = admission;
    this.decider = new Decider(floor.commands(Caller.ANYONE));
    this.meters = floor.meters("envoy");
  }

  /**
   * Who asks, and how.
   *
   * @param way the word for how it came, in meters
   * @param within how long it may take
   */
  record Asker(Caller caller, String way, Duration within) {}

  CompletionStage<Told<RateLimitResponse>> ask(Asker asker, RateLimitRequest request) {
    long start = System.nanoTime();
    if (!admission.enter()) {
      String why = admission.isClosed() ? "the server is stopping" : "too many are under way";
      Told<RateLimitResponse> full =
          Told.error(DoorOutcome.UNAVAILABLE, why + "; nothing was done");
      meters.answered(start, asker.way, full.outcome());
      return full.now();
    }
    var answer = new CompletableFuture<Told<RateLimitResponse>>();
    var place = new Object();
    underWay.put(place, answer);
    var unused =
        guarded(asker, request)
            .whenComplete(
                (told, failure) -> {
                  admission.leave();
                  answer.complete(failure == null ? told : failed(failure));
                });
    return answer.whenComplete(
        (told, failure) -> {
          underWay.remove(place);
          meters.answered(start, asker.way, outcome(told));
        });
  }

  /** Answers those who still wait that nobody can tell any more. */
  void cutOff() {
    for (var answer : List.copyOf(underWay.values())) {
      answer.complete(
          Told.error(DoorOutcome.UNKNOWN, "this instance stopped before it knew what was decided"));
    }
  }

  private static DoorOutcome outcome(Told<RateLimitResponse> told) {
    boolean isOver = told.value().map(it -> it.getOverallCode() == Code.OVER_LIMIT).orElse(false);
    return isOver ? DoorOutcome.REFUSED : told.outcome();
  }

  private static Told<RateLimitResponse> failed(Throwable failure) {
    LOG.error("a request failed", failure);
    return Told.error(DoorOutcome.FAILED, "what happened is in the server's log");
  }

  private CompletionStage<Told<RateLimitResponse>> guarded(Asker asker, RateLimitRequest request) {
    try {
      return checked(asker, request);
    } catch (InvalidInputException invalid) {
      return Told.<RateLimitResponse>error(DoorOutcome.INVALID, invalid.getMessage()).now();
    } catch (RuntimeException bug) {
      return CompletableFuture.failedStage(bug);
    }
  }

  private CompletionStage<Told<RateLimitResponse>> checked(Asker asker, RateLimitRequest request) {
    Optional<Rules> inForce = rules.now();
    if (request.getDomain().isEmpty()) {
      return invalid("rate limit domain must not be empty");
    } else if (request.getDescriptorsCount() == 0) {
      return invalid("rate limit descriptor list must not be empty");
    } else if (request.getDescriptorsCount() > Asked.MOST) {
      return invalid("there are more than " + Asked.MOST + " descriptors");
    } else if (inForce.isEmpty()) {
      return Told.<RateLimitResponse>error(
              DoorOutcome.UNAVAILABLE, "no rate limit configuration loaded")
          .now();
    }
    return decided(asker, Asked.of(request, new Asked.Book(inForce.get(), names)));
  }

  private static CompletionStage<Told<RateLimitResponse>> invalid(String why) {
    return Told.<RateLimitResponse>error(DoorOutcome.INVALID, why).now();
  }

  private CompletionStage<Told<RateLimitResponse>> decided(Asker asker, List<Asked> all) {
    List<Want> wants = Want.of(all);
    return decider
        .decide(wants, new Decider.Sender(floor.commands(asker.caller), asker.within))
        .thenApply(told -> told.map(standings -> responses.of(all, standings)));
  }
}
