package io.countess.client;

import java.time.Duration;
import java.util.Optional;

/**
 * The server did not carry a request out, and said why (RFC 9457). That a limit refuses a put, or
 * that a policy makes it impossible, is no problem but a {@link io.countess.event.Decision}.
 */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  ProblemException(Problem problem) {
    super(problem.detail().isEmpty() ? problem.title() : problem.detail());
    this.problem = problem;
  }

  /**
   * What the server said.
   *
   * @param status of HTTP
   * @param type a URI that names the kind of problem, and stays the same
   * @param title the same for all problems of the type
   * @param detail what went wrong this time, naming the field and the rule
   * @param field the field that is to blame, if one is
   * @param retryAfter how long to wait before trying again, where that helps
   */
  public record Problem(
      int status,
      String type,
      String title,
      String detail,
      Optional<String> field,
      Optional<Duration> retryAfter) {}

  /** What the server said. */
  public Problem problem() {
    return problem;
  }
}
