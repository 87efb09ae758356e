package io.countess.door.http;

import io.countess.door.RequestMeters;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people open in a browser: Javalin as its users know it. It gets every request that the API
 * has no route for, so it also answers those that lead nowhere.
 */
final class Pages {
  private static final Logger LOG = LoggerFactory.getLogger(Pages.class);
  private static final float NANOS_PER_MILLI = 1e6f;

  private final RequestMeters meters;

  Pages(RequestMeters meters) {
    this.meters = meters;
  }

  void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.startupWatcherEnabled = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.router.ignoreTrailingSlashes = false; // links of pages are relative
    config.http.prefer405over404 = true;
    config.requestLogger.http(this::answered);
    config.routes.exception(HttpResponseException.class, Pages::refused);
    config.routes.exception(Exception.class, (bug, page) -> show(page, Failures.reply(bug)));
    new DocsPages().pages().forEach((path, page) -> add(config.routes, path, page));
  }

  private void answered(Context page, float millis) {
    var endpoint = page.endpoints().lastHttpEndpoint();
    boolean nowhere = endpoint == null || endpoint.path.isEmpty();
    meters.answered(
        (long) (millis * NANOS_PER_MILLI),
        List.of(
            nowhere ? "any" : "GET",
            nowhere ? "none" : endpoint.path,
            Integer.toString(page.statusCode())));
  }

  /** Serves GET, and HEAD with the same headers. */
  private static void add(RoutesConfig routes, String path, Handler handler) {
    routes.get(path, handler);
    routes.head(path, handler);
  }

  private static void refused(HttpResponseException refusal, Context page) {
    show(page, reply(refusal, page));
  }

  private static Reply reply(HttpResponseException refusal, Context page) {
    if (refusal instanceof MethodNotAllowedResponse) {
      String allowed = refusal.getDetails().get("availableMethods");
      return Failures.notAllowed(page.req().getMethod(), Arrays.asList(allowed.split(", ")));
    } else if (page.endpoints().lastHttpEndpoint() == null) {
      return Failures.nowhere(page.req().getRequestURI());
    }
    return Problem.http(refusal.getStatus(), refusal.getMessage()).reply();
  }

  private static void show(Context page, Reply reply) {
    try {
      RequestBody.drain(ServletContextRequest.getServletContextRequest(page.req()));
    } catch (IOException broken) {
      LOG.debug("the rest of a refused body did not come", broken);
    }
    page.status(reply.status()).contentType(reply.contentType());
    reply.headers().forEach(page::header);
    try {
      reply.body().writeTo(page.outputStream());
    } catch (IOException gone) {
      LOG.debug("the answer found nobody", gone);
    }
  }
}
