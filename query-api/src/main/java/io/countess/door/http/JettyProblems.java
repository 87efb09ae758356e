package io.countess.door.http;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Gives what Jetty refuses by itself, such as broken HTTP, the form of every other problem. */
final class JettyProblems extends ErrorHandler {
  private static final String BAD_PATH =
      "the path can't be read: each '%' in it must be followed by two hexadecimal digits, as %25"
          + " is for '%' itself, and not by 00";

  private static final String BAD_HOST =
      "the target of the request names a host that can't be read; a path here starts with /";

  private final String otherwise;

  /**
   * For an API.
   *
   * @param otherwise what else there is for names that no path can hold; empty where there is none
   */
  JettyProblems(String otherwise) {
    this.otherwise = otherwise;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    var incoming = new Exchange.Incoming(request, response, callback);
    incoming.write(reply(request, response.getStatus()));
    return true;
  }

  private Reply reply(Request request, int status) {
    var cause = (Throwable) request.getAttribute(ERROR_EXCEPTION);
    if (isAboutTarget(cause)) {
      String why = String.valueOf(cause.getCause().getMessage());
      return Problem.http(status, why.equals("Bad Authority") ? BAD_HOST : BAD_PATH + otherwise)
          .reply();
    } else if (cause instanceof HttpException) {
      return Failures.reply(cause);
    }
    return Problem.http(status, (String) request.getAttribute(ERROR_MESSAGE)).reply();
  }

  /** Where Jetty can't read a header, as a length, it says so; of the target it says nothing. */
  private static boolean isAboutTarget(Throwable cause) {
    return cause instanceof HttpException it
        && cause.getCause() instanceof IllegalArgumentException
        && HttpStatus.getMessage(it.getCode()).equals(it.getReason());
  }
}
