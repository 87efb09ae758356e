package io.countess.door.http;

import io.countess.answer.ProblemType;
import io.countess.door.Admission;
import io.countess.door.RequestMeters;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Takes every request of the API to its route, and sees that it is answered, whatever happens.
 * Those that have no route there go on to the pages.
 */
final class Dispatcher extends Handler.Wrapper {
  private static final Reply OVERLOADED =
      notNow(ProblemType.OVERLOADED, "too many requests are under way; nothing was done");

  private static final Reply STOPPING =
      notNow(ProblemType.STOPPING, "this instance is stopping; nothing was done");

  /** How many requests of other instances may be under way: places of their own. */
  private static final int MAX_INTERNAL = 4096;

  /** Readers who are slower don't keep the server from stopping. */
  private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(1);

  private final Router router;
  private final Gate gate;
  private final Admission admission;
  private final Admission internal = new Admission(MAX_INTERNAL);
  private final RequestMeters meters;
  private final Set<Exchange> underWay = ConcurrentHashMap.newKeySet();

  /** Places of answers that are not written yet; those of requests are given back before. */
  private final Admission unwritten = new Admission(Integer.MAX_VALUE);

  Dispatcher(Router router, Gate gate, Admission admission, RequestMeters meters) {
    this.router = router;
    this.gate = gate;
    this.admission = admission;
    this.meters = meters;
  }

  /** What takes time is handed to another thread. */
  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    var incoming = new Exchange.Incoming(request, response, callback);
    Optional<Reply> unframed = Framing.refusal(request);
    var match = router.match(request.getMethod(), request.getHttpURI().getPath());
    Executor threads = request.getContext();
    if (unframed.isPresent()) {
      threads.execute(() -> refuse(incoming, unframed.get()));
    } else if (match.isQuick() && WholeBodies.isWhole(request)) {
      dispatch(incoming, match, Connections.reader(request));
    } else if (match.route() != null) {
      threads.execute(() -> dispatch(incoming, match, threads));
    } else if (match.allowed().isEmpty()) {
      threads.execute(() -> pass(incoming));
    } else {
      var allowed = match.allowed();
      threads.execute(() -> refuse(incoming, Failures.notAllowed(request.getMethod(), allowed)));
    }
    return true;
  }

  /** To the pages, which have an answer to everything. */
  private void pass(Exchange.Incoming incoming) {
    Request request = incoming.request();
    try {
      if (!super.handle(request, incoming.response(), incoming.callback())) {
        Response.writeError(
            request, incoming.response(), incoming.callback(), HttpStatus.NOT_FOUND_404);
      }
    } catch (Exception failure) { // it throws any
      Response.writeError(request, incoming.response(), incoming.callback(), failure);
    }
  }

  /**
   * Lets no more in, and waits for those inside; for other instances last, so that what they were
   * asked by the way is still answered. Who is inside after that is told so.
   */
  void close(Duration atMost) throws InterruptedException {
    long start = System.nanoTime();
    admission.close(atMost);
    internal.close(atMost.minusNanos(System.nanoTime() - start));
    underWay.forEach(Exchange::cutOff);
    unwritten.close(WRITTEN_WITHIN);
  }

  /**
   * @param later where answers are written that are not there at once
   */
  private void dispatch(Exchange.Incoming incoming, Router.Match match, Executor later) {
    long start = System.nanoTime();
    Route route = match.route();
    Admission entrance = route.isInternal() ? internal : admission;
    boolean admitted = route.isWork() && entrance.enter();
    var exchange =
        new Exchange(
            incoming.withCallback(untilWritten(incoming.callback())),
            later,
            (ended, reply) -> {
              underWay.remove(ended);
              if (admitted) {
                entrance.leave();
              }
              meters.answered(System.nanoTime() - start, route.tags(reply));
            });
    underWay.add(exchange);
    if (route.isWork() && !admitted) {
      exchange.answer(entrance.isClosed() ? STOPPING : OVERLOADED);
    } else {
      handle(exchange, match);
    }
  }

  private Callback untilWritten(Callback callback) {
    return unwritten.enter() ? Callback.from(callback, unwritten::leave) : callback;
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

  private void refuse(Exchange.Incoming incoming, Reply reply) {
    long start = System.nanoTime();
    new Exchange(
            incoming,
            Runnable::run,
            (ended, told) -> meters.answered(System.nanoTime() - start, Route.nowhere(told)))
        .answer(reply);
  }

  private static QueryString query(Request request, Route route) {
    String raw = route.isProbe() ? null : request.getHttpURI().getQuery();
    return QueryString.parse(raw, route.parameters());
  }

  private static Reply notNow(ProblemType type, String detail) {
    return Problem.of(type, detail).reply().retryAfter(Duration.ofSeconds(1));
  }
}
