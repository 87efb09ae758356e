package io.countess.door.http;

import io.countess.answer.ProblemType;
import io.countess.event.InvalidInputException;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipException;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what was thrown into what is sent. What nobody expected is logged, and not told. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  /** What is sent where something went wrong that no caller should know more of. */
  static final Reply UNTOLD =
      Problem.of(ProblemType.INTERNAL, "what happened is in the server's log").reply();

  /** What is sent where this instance stopped first. */
  static final Reply STOPPED =
      Problem.of(ProblemType.STOPPING, "it stopped before it could answer").reply();

  private Failures() {}

  /** What is sent because of {@code failure}. */
  static Reply reply(Throwable failure) {
    if (failure instanceof CompletionException wrapper && wrapper.getCause() != null) {
      return reply(wrapper.getCause());
    } else if (failure instanceof ProblemException expected) {
      return expected.reply();
    } else if (failure instanceof InvalidInputException invalid) {
      return Problem.of(invalid).reply();
    } else if (failure instanceof HttpException bad) {
      return Problem.http(bad.getCode(), bad.getReason()).reply();
    } else if (failure instanceof IOException unreadable) {
      return unreadable(unreadable).reply();
    }
    if (failure instanceof RejectedExecutionException stopped) {
      LOG.debug("the answer came after the door had closed", stopped);
      return STOPPED;
    }
    LOG.error("a request failed", failure);
    return UNTOLD;
  }

  /** What is told of a body that could not be read. */
  static Problem unreadable(IOException failure) {
    LOG.debug("a request could not be read", failure);
    if (failure instanceof ZipException || failure instanceof EOFException) {
      String why = failure instanceof ZipException ? failure.getMessage() : "is cut short";
      return Problem.of(ProblemType.MALFORMED_REQUEST, "the body " + why);
    } else if (failure instanceof CharConversionException) {
      return Problem.of(ProblemType.MALFORMED_REQUEST, "the body " + failure.getMessage());
    }
    return failure.getCause() instanceof TimeoutException
        ? Problem.of(ProblemType.TIMED_OUT, "the body stopped arriving")
        : Problem.of(ProblemType.MALFORMED_REQUEST, "the body can't be read");
  }

  /** What is sent where nothing is at {@code path}. */
  static Reply nowhere(String path) {
    return Problem.of(
            ProblemType.NOT_FOUND, path + " is no path here; /openapi.json tells which there are")
        .reply();
  }

  /** What is sent where a path takes other methods. */
  static Reply notAllowed(String method, Collection<String> allowed) {
    String others = String.join(", ", allowed);
    return Problem.of(
            ProblemType.METHOD_NOT_ALLOWED,
            "%s is not for this path; there are %s".formatted(method, others))
        .reply()
        .with("Allow", others);
  }
}
