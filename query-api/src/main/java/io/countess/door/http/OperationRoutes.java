package io.countess.door.http;

import io.countess.answer.Readiness;
import io.countess.answer.codec.ReadinessJson;
import io.countess.door.Access;
import io.countess.door.Floor;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpHeader;

/** What those ask who run the server: is it alive, can it answer, what does it do. */
final class OperationRoutes {
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
  private static final Pattern GZIP =
      Pattern.compile("(?i)(^|,)\\s*(x-)?gzip\\s*(,|$|;\\s*q=(0*\\.0*[1-9]|1))");

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Floor floor;

  OperationRoutes(Floor floor) {
    this.floor = floor;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/healthz", this::health).needing(Access.OPEN).quick(),
        Route.get("/readyz", this::readiness).needing(Access.OPEN),
        Route.get("/metrics", this::metrics));
  }

  private void health(Call call) {
    Readiness now = floor.readiness();
    call.exchange()
        .answer(
            Reply.json(
                now.failed() ? 503 : 200, out -> out.writeStringField("state", now.state())));
  }

  private void readiness(Call call) {
    Readiness now = floor.readiness();
    Reply reply = Reply.json(now.ready() ? 200 : 503, out -> ReadinessJson.write(now, out));
    call.exchange().answer(now.ready() ? reply : reply.retryAfter(RETRY));
  }

  private void metrics(Call call) {
    var headers = call.exchange().request().getHeaders();
    boolean isZipped = takesGzip(headers.get(HttpHeader.ACCEPT_ENCODING));
    Body.Writer scrape =
        isZipped ? this::scrapeZipped : out -> floor.registry().scrape(out, PROMETHEUS);
    Reply reply = Reply.streamed(200, PROMETHEUS, scrape).with("Vary", "Accept-Encoding");
    call.exchange().answer(isZipped ? reply.with("Content-Encoding", "gzip") : reply);
  }

  private void scrapeZipped(OutputStream out) throws IOException {
    var zipped = new GZIPOutputStream(out);
    floor.registry().scrape(zipped, PROMETHEUS);
    zipped.finish();
  }

  /** As RFC 9110 says it, section 12.5.3: a weight of 0 refuses. */
  private static boolean takesGzip(String acceptEncoding) {
    return acceptEncoding != null && GZIP.matcher(acceptEncoding).find();
  }
}
