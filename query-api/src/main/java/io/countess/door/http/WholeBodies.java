package io.countess.door.http;

import io.countess.cluster.wire.PeerRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Takes a body in before anyone waits for it, on no thread of its own: with one for each, some
 * hundred senders who stop half way would keep everybody else out, health checks included. Bodies
 * of any length, which are worked on as they come, are passed over: those have their own bound.
 */
final class WholeBodies extends Handler.Wrapper {
  /** How many bytes of bodies are on their way. */
  private final AtomicLong together = new AtomicLong();

  private final Duration most;
  private final ToIntFunction<String> limits;

  /**
   * @param most how long one may take
   * @param limits how many bytes one may have, by the path; 0 for any number, as they come
   */
  WholeBodies(Duration most, ToIntFunction<String> limits) {
    this.most = most;
    this.limits = limits;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Connections.begun(request);
    if (hasNone(request)) {
      return super.handle(request, response, callback);
    }
    int limit = limits.applyAsInt(Request.getPathInContext(request));
    if (limit == 0 || request.getLength() > limit) {
      return super.handle(request, response, callback);
    }
    var bound = new WholeBody.Bound(limit, together, most);
    new WholeBody(bound, getHandler(), request, response, callback).load();
    return true;
  }

  /** Whether a request that has come through here has all of its body, or none. */
  static boolean isWhole(Request request) {
    return request instanceof WholeBody.Rest body ? body.isAll() : hasNone(request);
  }

  /** What does not say that it has a body has none (RFC 9112, 6.3). */
  static boolean hasNone(Request request) {
    return request.getLength() <= 0 && !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
  }

  /** The longest that a body can be which the API takes on this path. */
  static int ofApi(String path) {
    if (path.equals(EventRoutes.PATH)) {
      return 0;
    }
    boolean internal = path.startsWith(PeerRequest.PREFIX);
    return internal ? PeerRequest.MAX_BYTES : RequestBody.MAX_BYTES;
  }
}
