package io.countess.door.http;

import java.util.Optional;

/** Ends the handling of a request with a problem that its sender can do something about. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Reply reply;

  ProblemException(Problem problem) {
    this(problem.detail(), problem.reply());
  }

  ProblemException(String message, Reply reply) {
    super(message, null, false, false);
    this.reply = reply;
  }

  /** The status that tells it. */
  public int status() {
    return reply.status();
  }

  /** How to do better, for {@code WWW-Authenticate}; empty where that is no matter of keys. */
  public Optional<String> challenge() {
    return Optional.ofNullable(reply.headers().get("WWW-Authenticate"));
  }

  Reply reply() {
    return reply;
  }
}
