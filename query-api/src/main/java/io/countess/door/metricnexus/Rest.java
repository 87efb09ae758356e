package io.countess.door.metricnexus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countess.door.DoorMeters;
import io.countess.door.DoorOutcome;
import io.countess.door.Floor;
import io.countess.door.Told;
import io.countess.door.http.SidePlaces;
import io.countess.event.ByteString;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** MetricNexus's REST: requests to what is asked, and what that led to back to answers. */
final class Rest extends Handler.Abstract {
  /** The largest body, as MetricNexus has it. */
  static final int MAX_BODY_BYTES = 4 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(Rest.class);

  /** How many scrapes may be under way: each holds all metrics. */
  private static final int MOST_SCRAPES = 4;

  private final Floor floor;
  private final ByteString namespace;
  private final Login login;
  private final SidePlaces places;
  private final Peers peers;
  private final DoorMeters meters;

  private final Semaphore scrapes = new Semaphore(MOST_SCRAPES);

  Rest(Floor floor, ByteString namespace, Login login, SidePlaces places, Peers peers) {
    super(InvocationType.BLOCKING);
    this.floor = floor;
    this.namespace = namespace;
    this.login = login;
    this.places = places;
    this.peers = peers;
    this.meters = floor.meters("metricnexus");
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    String path = Optional.ofNullable(request.getHttpURI().getPath()).orElse("/");
    Optional<Operation.Path> at = Operation.Path.of(path);
    Optional<Operation> operation = at.flatMap(it -> it.operation(request.getMethod()));
    Login.Entry entry = login.enter(request, operation.orElse(Operation.READ).access());
    if (entry.caller().isEmpty()) {
      entry.refusal().write(response, callback);
      return true;
    }
    peers.seen(Request.getRemoteAddr(request));
    if (at.isEmpty()) {
      NexusReply.nowhere(request.getMethod(), path).write(response, callback);
    } else if (operation.isEmpty()) {
      NexusReply.notAllowed(at.get().methods()).write(response, callback);
    } else {
      var asked =
          new Asked(
              operation.get(),
              MetricName.of(at.get().metric()),
              new Metrics(floor, entry.caller().get(), namespace));
      answer(asked, new Exchange(request, response, callback));
    }
    return true;
  }

  /** What is asked, of which metric, for whom. */
  private record Asked(Operation operation, String name, Metrics metrics) {}

  /** A request with where its answer goes. */
  private record Exchange(Request request, Response response, Callback callback) {
    void write(NexusReply reply) {
      reply.write(response, callback);
    }

    void write(NexusReply reply, Runnable written) {
      reply.write(response, Callback.from(callback, written));
    }
  }

  private void answer(Asked asked, Exchange exchange) throws IOException {
    Optional<String> body = body(exchange.request());
    if (body.isEmpty()) {
      exchange.write(NexusReply.TOO_LARGE);
    } else if (!places.enter()) {
      exchange.write(
          NexusReply.soon(
              places.isClosed()
                  ? "the server is stopping; nothing was done"
                  : "too many requests are under way; nothing was done"));
    } else {
      answer(asked, body.get(), exchange);
    }
  }

  /** What was sent; empty where it is too much. */
  private static Optional<String> body(Request request) throws IOException {
    if (request.getLength() > MAX_BODY_BYTES) {
      return Optional.empty();
    }
    byte[] body = Content.Source.asInputStream(request).readNBytes(MAX_BODY_BYTES + 1);
    return body.length > MAX_BODY_BYTES ? Optional.empty() : Optional.of(new String(body, UTF_8));
  }

  private void answer(Asked asked, String body, Exchange exchange) {
    long start = System.nanoTime();
    exchange.request().addIdleTimeoutListener(idle -> false); // it is the server that is silent now
    var unused =
        ask(asked, body)
            .whenComplete(
                (answered, failure) -> {
                  places.answered();
                  Answered known = failure == null ? answered : failed(failure);
                  meters.answered(start, asked.operation().word(), known.outcome());
                  exchange.write(known.reply(), places::written);
                });
  }

  /** An answer, and the word for it in meters. */
  private record Answered(DoorOutcome outcome, NexusReply reply) {
    static <V> Answered of(Told<V> told, Function<V, NexusReply> reply) {
      return new Answered(
          told.outcome(), told.value().map(reply).orElseGet(() -> NexusReply.of(told)));
    }

    static Answered found(Told<Boolean> told) {
      return of(told, isFound -> isFound ? NexusReply.DONE : NexusReply.NOT_FOUND);
    }

    /** As MetricNexus has it, adding to nothing is no mistake. */
    static Answered added(Told<Boolean> told) {
      return of(told, isFound -> isFound ? NexusReply.DONE : NexusReply.OK);
    }
  }

  private CompletionStage<Answered> ask(Asked asked, String body) {
    try {
      return route(asked, body);
    } catch (RuntimeException bug) {
      return CompletableFuture.failedStage(bug);
    }
  }

  private CompletionStage<Answered> route(Asked asked, String body) {
    Metrics metrics = asked.metrics();
    String name = asked.name();
    return switch (asked.operation()) {
      case READ -> metrics.read(name).thenApply(told -> Answered.of(told, NexusReply::value));
      case CREATE -> create(asked, body);
      case SET -> metrics.set(name, number(body)).thenApply(Answered::found);
      case DELETE -> metrics.delete(name).thenApply(Answered::found);
      case INC -> metrics.add(name, 1).thenApply(Answered::added);
      case DEC -> metrics.add(name, -1).thenApply(Answered::added);
      case ADD -> metrics.add(name, number(body)).thenApply(Answered::added);
      case SUB -> metrics.add(name, -number(body)).thenApply(Answered::added);
      case SCRAPE -> scrape(metrics);
    };
  }

  /** A name that would have ended MetricNexus is refused. */
  private static CompletionStage<Answered> create(Asked asked, String body) {
    return asked
        .metrics()
        .create(asked.name(), body)
        .thenApply(told -> Answered.of(told, isNew -> isNew ? NexusReply.CREATED : NexusReply.OK));
  }

  /** As MetricNexus has it, what is no number is 0. */
  private static double number(String body) {
    return GoFloat.parse(body).orElse(0);
  }

  private CompletionStage<Answered> scrape(Metrics metrics) {
    if (!scrapes.tryAcquire()) {
      Told<String> full = Told.error(DoorOutcome.UNAVAILABLE, "too many scrapes are under way");
      return CompletableFuture.completedStage(Answered.of(full, NexusReply::scraped));
    }
    return new Scrape(metrics)
        .read()
        .thenApply(told -> Answered.of(told, NexusReply::scraped))
        .whenComplete((answered, failure) -> scrapes.release());
  }

  private static Answered failed(Throwable failure) {
    LOG.error("a request failed", failure);
    Told<String> told = Told.error(DoorOutcome.FAILED, "what happened is in the server's log");
    return Answered.of(told, NexusReply::scraped);
  }
}
