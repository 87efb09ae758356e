package io.countess.door;

import java.util.Locale;

/** What a caller needs to be let through to a route, where keys are asked for at all. */
public enum Access {
  /** Nothing. */
  OPEN,
  /** Sees counts, listings, policies and metrics. */
  READ,
  /** Puts, sets and resets. */
  WRITE,
  /** Changes policies. */
  ADMIN;

  /** The scope of a key that allows this. */
  public String scope() {
    return name().toLowerCase(Locale.ROOT);
  }
}
