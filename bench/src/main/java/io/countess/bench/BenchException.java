package io.countess.bench;

/** Measuring can't go on, for a reason that is in the message. */
final class BenchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BenchException(String message, Throwable cause) {
    super(message, cause);
  }

  BenchException(String message) {
    this(message, null);
  }
}
