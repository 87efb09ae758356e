package io.countess.door.redis;

/** What came is no request; after that nobody can tell where the next one begins. */
final class ProtocolException extends Exception {
  private static final long serialVersionUID = 1L;

  ProtocolException(String rule) {
    super("Protocol error: " + rule, null, false, false);
  }
}
