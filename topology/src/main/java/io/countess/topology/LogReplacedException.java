package io.countess.topology;

/**
 * The log can't carry a partition's state on. Either the state was built from records that the log
 * does not have, so what stands at their offsets now would be taken for counted; or the log does
 * not have what the state is missing. That does not pass by itself.
 */
public final class LogReplacedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LogReplacedException(String message) {
    super(message);
  }
}
