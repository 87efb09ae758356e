package io.countess.door.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Gives what Jetty refuses by itself, such as broken HTTP, the form of every other problem. */
final class JettyProblems extends ErrorHandler {
  private static final String BAD_PATH =
      "the path can't be read: each '%' in it must be followed by two hexadecimal digits, as %25"
          + " is for '%' itself, and not by 00"
          + Percent.OTHER_DOOR;

  private static final String BAD_HOST =
      "the target of the request names a host that can't be read; a path here starts with /";

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Reply reply = reply(request, response.getStatus());
    response.setStatus(reply.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.contentType());
    response.write(true, ByteBuffer.wrap(reply.body()), callback);
    return true;
  }

  private static Reply reply(Request request, int status) {
    var cause = (Throwable) request.getAttribute(ERROR_EXCEPTION);
    if (isAboutTarget(cause)) {
      String why = String.valueOf(cause.getCause().getMessage());
      return Problem.http(status, why.equals("Bad Authority") ? BAD_HOST : BAD_PATH).reply();
    } else if (cause instanceof HttpException) {
      return Failures.reply(cause);
    } else if (cause instanceof EofException) {
      return cutOff(request);
    }
    return Problem.http(status, (String) request.getAttribute(ERROR_MESSAGE)).reply();
  }

  /** Where Jetty can't read a header, as a length, it says so; of the target it says nothing. */
  private static boolean isAboutTarget(Throwable cause) {
    return cause instanceof HttpException it
        && cause.getCause() instanceof IllegalArgumentException
        && HttpStatus.getMessage(it.getCode()).equals(it.getReason());
  }

  /** So end requests that are still waiting when the server stops. */
  private static Reply cutOff(Request request) {
    return HttpMethod.GET.is(request.getMethod())
        ? Problem.of(ProblemType.STOPPING, "it stopped before it could answer").reply()
        : Replies.fateUnknown("this instance stopped before it knew");
  }
}
