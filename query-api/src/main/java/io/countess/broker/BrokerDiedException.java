package io.countess.broker;

/** The broker ran into something that it can't survive, such as a full or failing disk. */
public final class BrokerDiedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokerDiedException(String message, Throwable cause) {
    super(message, cause);
  }
}
