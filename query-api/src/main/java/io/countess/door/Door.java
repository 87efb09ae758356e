package io.countess.door;

/** A way in, of one protocol, on a port of its own. */
public interface Door extends AutoCloseable {
  /**
   * Lets no more requests in, waits for those under way as long as the door's bound says, answers
   * the rest that it can't tell what became of them, and gives the port back.
   */
  @Override
  void close();
}
