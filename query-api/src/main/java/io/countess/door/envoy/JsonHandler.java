package io.countess.door.envoy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import io.countess.door.Access;
import io.countess.door.Caller;
import io.countess.door.Told;
import io.countess.door.envoy.Desk.Asker;
import io.countess.door.http.Gate;
import io.countess.door.http.ProblemException;
import io.countess.door.http.RefusalForm;
import io.countess.query.Demand;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The rate limit service for those who have no gRPC: {@code /json}, and {@code /healthcheck}. */
final class JsonHandler extends Handler.Abstract {
  /** The longest request. */
  static final int MAX_BODY_BYTES = 256 * 1024;

  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String JSON = "application/json";
  private static final String WAY = "json";
  private static final JsonFormat.Parser PARSER = JsonFormat.parser();
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace();

  private final Desk desk;
  private final Health health;
  private final Gate gate;

  JsonHandler(Desk desk, Health health, Gate gate) {
    super(InvocationType.BLOCKING);
    this.desk = desk;
    this.health = health;
    this.gate = gate;
  }

  /** A request with where its answer goes. */
  private record Exchange(Request request, Response response, Callback callback) {
    void write(int status, String contentType, String body) {
      byte[] bytes = body.getBytes(UTF_8);
      response.setStatus(status);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
      response.write(true, ByteBuffer.wrap(bytes), callback);
    }

    void text(int status, String text) {
      write(status, TEXT, text);
    }
  }

  /** What the HTTP server refuses by itself. */
  static RefusalForm.Said broken(int status, String why) {
    return new RefusalForm.Said(TEXT, why.getBytes(UTF_8));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    var exchange = new Exchange(request, response, callback);
    switch (Optional.ofNullable(request.getHttpURI().getPath()).orElse("/")) {
      case "/json" -> json(exchange);
      case "/healthcheck" -> healthcheck(exchange);
      default -> exchange.text(404, "404 page not found\n");
    }
    return true;
  }

  private void healthcheck(Exchange exchange) {
    if (health.isServing()) {
      exchange.text(200, "OK");
    } else {
      exchange.text(500, "not ready");
    }
  }

  private void json(Exchange exchange) throws IOException {
    Caller caller;
    try {
      caller = gate.admit(exchange.request, Access.ADMIN, false);
    } catch (ProblemException shut) {
      shut.challenge()
          .ifPresent(how -> exchange.response.getHeaders().put("WWW-Authenticate", how));
      exchange.text(shut.status(), shut.getMessage());
      return;
    }
    byte[] body = Content.Source.asInputStream(exchange.request).readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      exchange.text(413, "a request may have at most " + MAX_BODY_BYTES + " bytes");
      return;
    }
    ask(caller, new String(body, UTF_8), exchange);
  }

  private void ask(Caller caller, String body, Exchange exchange) {
    var asked = RateLimitRequest.newBuilder();
    try {
      PARSER.merge(body, asked);
    } catch (InvalidProtocolBufferException malformed) {
      exchange.text(400, "this is no request: " + malformed.getMessage());
      return;
    }
    exchange.request.addIdleTimeoutListener(idle -> false); // it is the server that is silent now
    var asker = new Asker(caller, WAY, Demand.DEFAULT_DEADLINE);
    desk.ask(asker, asked.build()).thenAccept(told -> answer(told, exchange));
  }

  private static void answer(Told<RateLimitResponse> told, Exchange exchange) {
    if (told.value().isEmpty()) {
      if (status(told) == 503) {
        exchange.response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
      }
      exchange.text(status(told), told.error());
      return;
    }
    RateLimitResponse response = told.value().get();
    int status = response.getOverallCode() == Code.OVER_LIMIT ? 429 : 200;
    exchange.write(status, JSON, printed(response));
  }

  static String printed(MessageOrBuilder message) {
    try {
      return PRINTER.print(message);
    } catch (InvalidProtocolBufferException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static int status(Told<?> told) {
    return switch (told.outcome()) {
      case INVALID -> 400;
      case FORBIDDEN -> 403;
      case REFUSED, UNAVAILABLE -> 503;
      case UNKNOWN -> 504;
      case DONE, FAILED -> 500;
    };
  }
}
