package io.countess.topology;

/**
 * A partition's state was built from records that the log does not have, so what stands at their
 * offsets now would be taken for counted. That does not pass by itself.
 */
public final class LogReplacedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LogReplacedException(String message) {
    super(message);
  }
}
