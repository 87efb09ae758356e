package io.countess.door.http;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Gives what Jetty refuses by itself, such as broken HTTP, the form of every other error. */
final class JettyProblems extends ErrorHandler {
  private static final String BAD_PATH =
      "the path can't be read: each '%' in it must be followed by two hexadecimal digits, as %25"
          + " is for '%' itself, and not by 00";

  private static final String BAD_HOST =
      "the target of the request names a host that can't be read; a path here starts with /";

  private final String otherwise;
  private final RefusalForm form;

  /** For the API, which has another way for names that no path can hold. */
  JettyProblems() {
    this(Percent.OTHER_DOOR, JettyProblems::problem);
  }

  /** For a door that has its own form. */
  JettyProblems(RefusalForm form) {
    this("", form);
  }

  private JettyProblems(String otherwise, RefusalForm form) {
    this.otherwise = otherwise;
    this.form = form;
  }

  private static RefusalForm.Said problem(int status, String why) {
    return new RefusalForm.Said(Reply.PROBLEM_JSON, Problem.http(status, why).line());
  }

  /** What is sent in a form. */
  static Reply reply(RefusalForm form, int status, String why) {
    RefusalForm.Said said = form.of(status, why != null ? why : HttpStatus.getMessage(status));
    return new Reply(status, said.contentType(), said.body());
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
      return reply(form, status, why.equals("Bad Authority") ? BAD_HOST : BAD_PATH + otherwise);
    } else if (cause instanceof HttpException bad) {
      return reply(form, bad.getCode(), bad.getReason());
    }
    return reply(form, status, (String) request.getAttribute(ERROR_MESSAGE));
  }

  /** Where Jetty can't read a header, as a length, it says so; of the target it says nothing. */
  private static boolean isAboutTarget(Throwable cause) {
    return cause instanceof HttpException it
        && cause.getCause() instanceof IllegalArgumentException
        && HttpStatus.getMessage(it.getCode()).equals(it.getReason());
  }
}
