package io.countess.door.http;

import io.countess.door.Admission;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Takes every request to its route, and sees that it is answered, whatever happens. */
final class Dispatcher {
  private static final Reply OVERLOADED =
      notNow(ProblemType.OVERLOADED, "too many requests are under way; nothing was done");

  private static final Reply STOPPING =
      notNow(ProblemType.STOPPING, "this instance is stopping; nothing was done");

  /** How many requests of other instances may be under way: places of their own. */
  private static final int MAX_INTERNAL = 4096;

  private final Router router;
  private final Gate gate;
  private final Admission admission;
  private final Admission internal = new Admission(MAX_INTERNAL);
  private final RequestMetrics metrics;
  private final Executor executor;

  /**
   * @param executor where answers are written that were not there at once
   */
  Dispatcher(
      Router router, Gate gate, Admission admission, RequestMetrics metrics, Executor executor) {
    this.router = router;
    this.gate = gate;
    this.admission = admission;
    this.metrics = metrics;
    this.executor = executor;
  }

  /** Answers a request, now or later. */
  void dispatch(Context context) {
    long start = System.nanoTime();
    HttpServletRequest request = context.req();
    var match = router.match(request.getMethod(), request.getRequestURI());
    Route route = match.route();
    Admission entrance = route != null && route.isInternal() ? internal : admission;
    boolean admitted = route != null && route.isWork() && entrance.enter();
    var exchange =
        new Exchange(
            context,
            executor,
            reply -> {
              if (admitted) {
                entrance.leave();
              }
              metrics.answered(route, reply.status(), System.nanoTime() - start);
            });
    Optional<Reply> unframed = Framing.refusal(request);
    if (unframed.isPresent()) {
      exchange.answer(unframed.get());
    } else if (route == null) {
      exchange.answer(nowhere(match, request));
    } else if (route.isWork() && !admitted) {
      exchange.answer(entrance.isClosed() ? STOPPING : OVERLOADED);
    } else {
      handle(exchange, match);
    }
  }

  /**
   * Lets no more in, and waits for those inside; for other instances last, so that what they were
   * asked by the way is still answered.
   */
  void close(Duration atMost) throws InterruptedException {
    long start = System.nanoTime();
    admission.close(atMost);
    internal.close(atMost.minusNanos(System.nanoTime() - start));
  }

  private void handle(Exchange exchange, Router.Match match) {
    try {
      var caller = gate.admit(exchange.request(), match.route());
      var query = query(exchange.request(), match.route());
      match.route().handler().handle(new Call(exchange, caller, match.names(), query));
    } catch (IOException | RuntimeException failure) {
      exchange.answer(Failures.reply(failure));
    } finally {
      exchange.ensureAnswer();
    }
  }

  private static QueryString query(HttpServletRequest request, Route route) {
    String raw = route.isProbe() ? null : request.getQueryString();
    return QueryString.parse(raw, route.parameters());
  }

  private static Reply notNow(ProblemType type, String detail) {
    return Problem.of(type, detail).reply().retryAfter(Duration.ofSeconds(1));
  }

  private static Reply nowhere(Router.Match match, HttpServletRequest request) {
    if (match.allowed().isEmpty()) {
      return Problem.of(
              ProblemType.NOT_FOUND,
              request.getRequestURI() + " is no path here; /openapi.json tells which there are")
          .reply();
    }
    String allowed = String.join(", ", match.allowed());
    return Problem.of(
            ProblemType.METHOD_NOT_ALLOWED,
            "%s is not for this path; there are %s".formatted(request.getMethod(), allowed))
        .reply()
        .with("Allow", allowed);
  }
}
