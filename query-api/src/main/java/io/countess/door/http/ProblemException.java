package io.countess.door.http;

/** Ends the handling of a request with a problem that its sender can do something about. */
final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Reply reply;

  ProblemException(Problem problem) {
    this(problem.detail(), problem.reply());
  }

  ProblemException(String message, Reply reply) {
    super(message, null, false, false);
    this.reply = reply;
  }

  Reply reply() {
    return reply;
  }
}
