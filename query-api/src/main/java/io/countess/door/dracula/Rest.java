package io.countess.door.dracula;

import io.countess.door.Access;
import io.countess.door.Caller;
import io.countess.door.DoorMeters;
import io.countess.door.DoorOutcome;
import io.countess.door.Floor;
import io.countess.door.Told;
import io.countess.door.http.Gate;
import io.countess.door.http.ProblemException;
import io.countess.door.http.SidePlaces;
import io.countess.query.Command;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Dracula's REST: {@code /put}, {@code /count}, {@code /namespaces}, and its gauges. */
final class Rest extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(Rest.class);
  private static final String ROUTES =
      "Dracula rest server - Routes:  GET /namespaces, GET /count, GET /put";

  private final Floor floor;
  private final Gate gate;
  private final SidePlaces places;
  private final DoorMeters meters;
  private final Lists lists;
  private final Gauges gauges;

  Rest(Floor floor, Gate gate, SidePlaces places, Lists lists, Gauges gauges) {
    super(InvocationType.BLOCKING);
    this.floor = floor;
    this.gate = gate;
    this.places = places;
    this.meters = floor.meters("dracula");
    this.lists = lists;
    this.gauges = gauges;
  }

  /** A request with where its answer goes. */
  private record Exchange(Request request, Response response, Callback callback) {
    String method() {
      return request.getMethod();
    }

    void write(RestReply reply, Runnable sent) {
      reply.write(response, Callback.from(callback, sent));
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    var exchange = new Exchange(request, response, callback);
    String path = path(request);
    String clean = GoPath.clean(path);
    if (!clean.equals(path)) {
      exchange.write(RestReply.moved(clean, request), Rest::nothing);
      return true;
    }
    switch (clean) {
      case "/" -> get(exchange, clean, Access.OPEN, caller -> now(exchange, index()));
      case "/metrics" ->
          get(exchange, clean, Access.READ, caller -> now(exchange, scrape(request)));
      case "/put" -> get(exchange, clean, Access.WRITE, caller -> put(exchange, caller));
      case "/count" -> get(exchange, clean, Access.READ, caller -> count(exchange, caller));
      case "/namespaces" -> get(exchange, clean, Access.READ, caller -> namespaces(exchange));
      default -> now(exchange, RestReply.nowhere(request.getMethod(), clean));
    }
    return true;
  }

  private static String path(Request request) {
    String raw = request.getHttpURI().getPath();
    return GoQuery.unescape(raw == null ? "/" : raw, false).map(GoText::decode).orElse(raw);
  }

  private interface Route {
    void handle(Caller caller);
  }

  private void get(Exchange exchange, String path, Access access, Route route) {
    if (!exchange.method().equals("GET")) {
      now(exchange, RestReply.notAllowed(exchange.method(), path));
      return;
    }
    try {
      boolean ofTheWhole = path.equals("/metrics") || path.equals("/namespaces");
      route.handle(gate.admit(exchange.request(), access, ofTheWhole));
    } catch (ProblemException refused) {
      now(exchange, RestReply.refused(refused));
    }
  }

  private static void now(Exchange exchange, RestReply reply) {
    exchange.write(reply, Rest::nothing);
  }

  private static RestReply index() {
    return RestReply.json(200, GoJson.message("OK", ROUTES));
  }

  private RestReply scrape(Request request) {
    return gauges.scrape(Optional.ofNullable(request.getHeaders().get("Accept")));
  }

  private void put(Exchange exchange, Caller caller) {
    var query = new GoQuery(exchange.request().getHttpURI().getQuery());
    var namespace = query.value("namespace");
    var key = query.value("key");
    if (namespace.isEmpty() || key.isEmpty()) {
      now(exchange, RestReply.bad("namespace and key query params are required"));
      return;
    }
    answer(
        exchange,
        "rest_put",
        () -> asked(caller).put(namespace.get(), key.get(), Command.Ack.APPLIED),
        GoJson::count);
  }

  /** Its pattern is a key as it is. */
  private void count(Exchange exchange, Caller caller) {
    var query = new GoQuery(exchange.request().getHttpURI().getQuery());
    var namespace = query.value("namespace");
    var pattern = query.value("pattern");
    if (namespace.isEmpty() || pattern.isEmpty()) {
      now(exchange, RestReply.bad("namespace and pattern query params are required"));
      return;
    }
    answer(
        exchange,
        "rest_count",
        () -> asked(caller).count(namespace.get(), pattern.get()),
        GoJson::count);
  }

  private void namespaces(Exchange exchange) {
    if (!lists.enter()) {
      now(exchange, RestReply.overloaded("too many lists are being made"));
      return;
    }
    answer(
        exchange,
        "rest_namespaces",
        () -> lists.namespaces(Lists.MAX_BYTES),
        GoJson::list,
        lists::leave);
  }

  private Asked asked(Caller caller) {
    return new Asked(floor, caller);
  }

  private interface Asking<V> {
    CompletionStage<Told<V>> ask();
  }

  private <V> void answer(
      Exchange exchange, String command, Asking<V> asking, Function<V, byte[]> body) {
    answer(exchange, command, asking, body, Rest::nothing);
  }

  private <V> void answer(
      Exchange exchange,
      String command,
      Asking<V> asking,
      Function<V, byte[]> body,
      Runnable sent) {
    long start = System.nanoTime();
    if (!places.enter()) {
      exchange.write(
          RestReply.overloaded(places.isClosed() ? "it is stopping" : "too many requests"), sent);
      return;
    }
    exchange.request().addIdleTimeoutListener(idle -> false); // it is the server that is silent now
    var unused =
        ask(asking)
            .whenComplete(
                (told, failure) -> {
                  places.answered();
                  Told<V> known = failure == null ? told : failed(failure);
                  meters.answered(start, command, known.outcome());
                  exchange.write(
                      RestReply.of(known, body),
                      () -> {
                        places.written();
                        sent.run();
                      });
                });
  }

  private static <V> CompletionStage<Told<V>> ask(Asking<V> asking) {
    try {
      return asking.ask();
    } catch (RuntimeException bug) {
      return CompletableFuture.failedStage(bug);
    }
  }

  private static <V> Told<V> failed(Throwable failure) {
    LOG.error("a request failed", failure);
    return Told.error(DoorOutcome.FAILED, "what happened is in the server's log");
  }

  private static void nothing() {}
}
