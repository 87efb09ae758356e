package io.countess.state;

/**
 * A later version of Countess wrote the state. This one may read its rows wrongly, or decide
 * otherwise than the log has been decided so far; so it leaves them as they are.
 */
public final class NewerStateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NewerStateException(String form) {
    super(
        "The counts were written by a later version of Countess (%s). Start that version again,"
                .formatted(form)
            + " or a later one; nothing was changed.");
  }
}
