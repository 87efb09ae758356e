package io.countess.runtime;

/** The log's topics can't be had. The message says why, and what to look at. */
public final class LogTopicsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LogTopicsException(String message, Throwable cause) {
    super(message, cause);
  }
}
