package io.countess.server;

import io.countess.door.dracula.DraculaConfig;
import java.util.Optional;

/**
 * The doors beside HTTP.
 *
 * @param dracula empty where that is off, as the others are
 */
public record DoorsConfig(Optional<DraculaConfig> dracula) {
  /** None of them. */
  public static final DoorsConfig NONE = new DoorsConfig(Optional.empty());
}
