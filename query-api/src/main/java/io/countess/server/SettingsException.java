package io.countess.server;

/** A setting that is unknown or invalid. The message names it and says where it came from. */
public final class SettingsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  SettingsException(String message) {
    super(message);
  }
}
