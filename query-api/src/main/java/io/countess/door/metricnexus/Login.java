package io.countess.door.metricnexus;

import io.countess.door.Access;
import io.countess.door.ApiKeys;
import io.countess.door.Caller;
import io.countess.door.http.Gate;
import io.countess.door.http.ProblemException;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Who is let in: whoever shows a key of the house in MetricNexus's words. What the key allows, the
 * floor looks after. Without keys everyone is, but for pages of other sites.
 */
record Login(ApiKeys keys, Gate gate) {
  private static final String SCHEME = "token ";

  /** Who came, or why that one is not let in. */
  record Entry(Optional<Caller> caller, NexusReply refusal) {}

  Entry enter(Request request, Access access) {
    if (keys.isEmpty()) {
      return withoutKeys(request, access);
    }
    String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (header == null || header.isEmpty()) {
      return new Entry(Optional.empty(), NexusReply.NO_KEY);
    }
    Optional<Caller> caller =
        header.startsWith(SCHEME) ? keys.find(header.substring(SCHEME.length())) : Optional.empty();
    return new Entry(caller, NexusReply.WRONG_KEY);
  }

  private Entry withoutKeys(Request request, Access access) {
    try {
      return new Entry(Optional.of(gate.admit(request, access, false)), NexusReply.NO_KEY);
    } catch (ProblemException foreign) {
      return new Entry(Optional.empty(), NexusReply.text(foreign.status(), foreign.getMessage()));
    }
  }
}
