package io.countess.client;

/**
 * A load broke off. What is known to be in the log is in {@link #soFar}; the cause is a {@link
 * ProblemException} where the server says why, else a {@link java.io.UncheckedIOException}.
 */
public final class BrokenLoadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient LoadSummary soFar;
  private final End end;

  /** Why a load broke off, and so how much is known of it. */
  public enum End {
    /** What was to be loaded can't be read any further. All that was sent is accounted for. */
    SOURCE,
    /** The server stopped it. All that was sent is accounted for. */
    SERVER,
    /** No answer came: more than what is known may be in the log. */
    CONNECTION
  }

  BrokenLoadException(LoadSummary soFar, End end, RuntimeException cause) {
    super(cause.getMessage() + " (" + told(soFar, end) + ")", cause);
    this.soFar = soFar;
    this.end = end;
  }

  /** What is known to have become of the lines until then. */
  public LoadSummary soFar() {
    return soFar;
  }

  /** Why. */
  public End end() {
    return end;
  }

  private static String told(LoadSummary soFar, End end) {
    return end == End.CONNECTION
        ? "at least %d events are logged, and more may have counted".formatted(soFar.logged())
        : "%d events are logged, %d lines rejected".formatted(soFar.logged(), soFar.rejected());
  }
}
