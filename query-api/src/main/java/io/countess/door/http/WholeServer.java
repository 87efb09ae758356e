package io.countess.door.http;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers {@code OPTIONS *} (RFC 9110, 9.3.7), which is about the whole server and about no path:
 * load balancers ask it whether anybody is there.
 */
final class WholeServer extends Handler.Wrapper {
  /** What some path takes. */
  static final String METHODS = "DELETE, GET, HEAD, OPTIONS, POST, PUT";

  WholeServer(Handler next) {
    super(next);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    boolean asksAll =
        HttpMethod.OPTIONS.is(request.getMethod()) && "*".equals(request.getHttpURI().getPath());
    if (!asksAll) {
      return super.handle(request, response, callback);
    }
    response.setStatus(HttpStatus.NO_CONTENT_204);
    response.getHeaders().put(HttpHeader.ALLOW, METHODS);
    callback.succeeded();
    return true;
  }
}
