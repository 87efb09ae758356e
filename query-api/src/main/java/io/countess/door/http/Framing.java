package io.countess.door.http;

import io.countess.answer.ProblemType;
import java.util.Optional;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;

/**
 * What HTTP has and this server does not: tunnels, and codings of the transfer. Nobody can know
 * what such a connection carries next, so it is closed.
 */
final class Framing {
  private static final String TRANSFER_ENCODING = "Transfer-Encoding";

  private Framing() {}

  /** What is answered to a request whose content can't be told for sure, if that is so. */
  static Optional<Reply> refusal(Request request) {
    if (HttpMethod.CONNECT.is(request.getMethod())) {
      return Optional.of(noTunnel());
    }
    Optional<String> coding = Headers.list(request, TRANSFER_ENCODING);
    if (coding.isEmpty()) {
      return Optional.empty();
    }
    if (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_0) {
      return Optional.of(
          closing(ProblemType.MALFORMED_REQUEST, TRANSFER_ENCODING + " is not in HTTP/1.0"));
    }
    return coding.get().strip().equalsIgnoreCase("chunked")
        ? Optional.empty()
        : Optional.of(
            closing(
                ProblemType.NOT_IMPLEMENTED,
                "%s %s is not read here; chunked is, and gzip as Content-Encoding at %s"
                    .formatted(TRANSFER_ENCODING, coding.get(), EventRoutes.PATH)));
  }

  /** What is answered to CONNECT. */
  static Reply noTunnel() {
    return closing(
        ProblemType.NOT_IMPLEMENTED, "CONNECT is not done here: this server is no proxy");
  }

  private static Reply closing(ProblemType type, String detail) {
    return Problem.of(type, detail).reply().with("Connection", "close");
  }
}
