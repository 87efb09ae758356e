package io.countess.event;

import java.util.Locale;

/** What became of a command. */
public enum Outcome {
  /** It was carried out. */
  ACCEPTED,
  /** A put that had already ended: it adds nothing. */
  LATE,
  /** The count would have left its bounds: nothing was changed. */
  REFUSED,
  /** It can never be carried out under this policy: nothing was changed. */
  IMPOSSIBLE,
  /** Its id was accepted before with other content: nothing was changed. */
  CONFLICT,
  /** The policy is not of the version that was asked for: nothing was changed. */
  OUTDATED;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
