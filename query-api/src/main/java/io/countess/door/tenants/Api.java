package io.countess.door.tenants;

import io.countess.door.Access;
import io.countess.door.DoorMeters;
import io.countess.door.http.Gate;
import io.countess.door.http.ProblemException;
import io.countess.door.http.SidePlaces;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counter-api's REST. What stands around its routes is in its order: the bound of what is under
 * way, CORS, the key, the limit of requests. So a wrong key is told on every route, and an
 * overloaded server tells a browser nothing.
 */
final class Api extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(Api.class);
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final Parts parts;

  Api(Parts parts) {
    super(InvocationType.BLOCKING);
    this.parts = parts;
  }

  /**
   * What it is made of.
   *
   * @param gate empty where there are keys, so that nobody may everything without one
   * @param most how many requests may be under way
   */
  record Parts(
      Ports ports,
      Ready ready,
      Routes routes,
      Authentication authentication,
      Optional<Gate> gate,
      Limiter limiter,
      Origins origins,
      SidePlaces places,
      int most,
      Meters meters,
      DoorMeters doorMeters,
      AccessLog accessLog) {}

  /** A request with where its answer goes, and what it is for. */
  private record Exchange(
      Incoming in,
      Optional<Endpoint.Match> match,
      Response response,
      Callback callback,
      long startNanos) {
    boolean isProbe() {
      return match.filter(it -> it.endpoint().isProbe()).isPresent();
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    long start = System.nanoTime();
    Incoming in = Incoming.of(request);
    var exchange =
        new Exchange(in, Endpoint.find(in.method(), in.path()), response, callback, start);
    if (!parts.places().enter()) {
      parts.meters().event("overload_rejected");
      write(exchange, overloaded(), Map.of(), () -> {});
      return true;
    }
    request.addIdleTimeoutListener(idle -> false); // it is the server that is silent now
    Map<String, String> cors = parts.origins().headers(request.getHeaders().get(HttpHeader.ORIGIN));
    var unused =
        answer(exchange)
            .whenComplete(
                (reply, failure) -> {
                  parts.places().answered();
                  ApiReply known = failure == null ? reply : failed(failure);
                  if (known.status() >= 500 && !exchange.isProbe()) {
                    parts.meters().event("service_error");
                  }
                  write(exchange, known, cors, parts.places()::written);
                });
    return true;
  }

  private ApiReply overloaded() {
    return ApiReply.error(503, "SERVICE_OVERLOADED", "Service is temporarily overloaded")
        .with("Retry-After", "1")
        .with("X-Overload-Limit", Integer.toString(parts.most()));
  }

  private CompletionStage<ApiReply> answer(Exchange exchange) {
    try {
      return exchange.in().method().equals("OPTIONS")
          ? ApiReply.text(200, "").now()
          : authenticated(exchange);
    } catch (RuntimeException bug) {
      return CompletableFuture.failedStage(bug);
    }
  }

  private CompletionStage<ApiReply> authenticated(Exchange exchange) {
    String key = exchange.in().header("X-API-Key");
    if (key.isEmpty()) {
      return limited(exchange, withoutKey(exchange.in()));
    }
    return parts
        .authentication()
        .holder(key)
        .thenCompose(
            told ->
                told.value().isEmpty()
                    ? ApiReply.soon("Authentication service is temporarily unavailable").now()
                    : told.value()
                        .get()
                        .map(principal -> limited(exchange, principal))
                        .orElseGet(ApiReply.UNAUTHORIZED::now));
  }

  /** Where nobody has keys, whoever is no page of another site may everything. */
  private Principal withoutKey(Incoming in) {
    if (parts.gate().isEmpty()) {
      return Principal.ANONYMOUS;
    }
    try {
      parts.gate().get().admit(in.request(), Access.ADMIN, true);
      return Principal.ANYONE;
    } catch (ProblemException foreign) {
      return Principal.ANONYMOUS;
    }
  }

  private CompletionStage<ApiReply> limited(Exchange exchange, Principal principal) {
    Incoming in = exchange.in();
    String caller = principal.identity().orElseGet(in::address);
    return parts
        .limiter()
        .count(caller, in.isRead(), !exchange.isProbe())
        .thenCompose(
            verdict -> {
              if (verdict.refusal().isPresent()) {
                parts.meters().event("rate_limit_rejected");
                return verdict.mark(verdict.refusal().get()).now();
              }
              return routed(exchange, principal).thenApply(verdict::mark);
            });
  }

  private CompletionStage<ApiReply> routed(Exchange exchange, Principal principal) {
    if (exchange.match().isEmpty()) {
      return ApiReply.NOWHERE.now();
    }
    Endpoint.Match match = exchange.match().get();
    if (!match.allows(principal)) {
      return (principal.isAnonymous() ? ApiReply.UNAUTHORIZED : ApiReply.FORBIDDEN).now();
    } else if (exchange.in().body().isEmpty()) {
      return ApiReply.TOO_LARGE.now();
    }
    try {
      return switch (match.endpoint()) {
        case DOCS -> DocsPage.REPLY.now();
        case LIVEZ -> ok().now();
        case READYZ -> ready();
        case METRICS -> scraped().now();
        default -> parts.routes().answer(new Routes.Asked(exchange.in(), match, principal));
      };
    } catch (ApiException invalid) {
      return invalid.reply().now();
    }
  }

  private static ApiReply ok() {
    return ApiReply.json(200, out -> out.writeStringField("status", "ok"));
  }

  private CompletionStage<ApiReply> ready() {
    boolean isReady = !parts.places().isClosed() && parts.ports().floor().readiness().ready();
    return isReady
        ? parts
            .ready()
            .trouble()
            .thenApply(trouble -> trouble.map(why -> notReady(": " + why)).orElseGet(Api::ok))
        : notReady("").now();
  }

  private static ApiReply notReady(String why) {
    return ApiReply.error(503, "NOT_READY", "Service is not ready" + why);
  }

  private ApiReply scraped() {
    byte[] text = parts.meters().scrape().getBytes(StandardCharsets.UTF_8);
    return new ApiReply(200, "text/plain; version=0.0.4", text, Map.of());
  }

  /** What is thrown while later steps are made is no fault where it is an answer. */
  private static ApiReply failed(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof ApiException invalid) {
      return invalid.reply();
    }
    LOG.error("a request failed", failure);
    return ApiReply.bug();
  }

  private void write(
      Exchange exchange, ApiReply reply, Map<String, String> cors, Runnable written) {
    Incoming in = exchange.in();
    long nanos = System.nanoTime() - exchange.startNanos();
    String method = METHODS.contains(in.method()) ? in.method() : "OTHER";
    Optional<Endpoint> endpoint = exchange.match().map(Endpoint.Match::endpoint);
    parts
        .meters()
        .answered(
            method, endpoint.map(Endpoint::template).orElse("unknown"), reply.status(), nanos);
    parts
        .doorMeters()
        .answered(
            exchange.startNanos(), endpoint.map(Endpoint::word).orElse("unknown"), reply.outcome());
    parts.accessLog().write(new AccessLog.Line(in.id(), in.method(), in.path(), reply, nanos));
    Response response = exchange.response();
    response.setStatus(reply.status());
    response.getHeaders().put(HttpHeader.SERVER, "Counter API");
    response.getHeaders().put("X-Request-ID", in.id());
    cors.forEach(response.getHeaders()::put);
    reply.headers().forEach(response.getHeaders()::put);
    if (!reply.contentType().isEmpty()) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.contentType());
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, reply.body().length);
    }
    response.write(
        true, ByteBuffer.wrap(reply.body()), Callback.from(exchange.callback(), written));
  }
}
