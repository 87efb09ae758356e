package io.countess.topology;

/**
 * The local state of a partition is not what it should be. It is a copy: the thread ends, and with
 * it local state is dropped, and restored from the changelog.
 */
public final class LocalStateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LocalStateException(String message) {
    super(message);
  }
}
