package io.countess.door.http;

/**
 * How a door tells what its HTTP server refuses by itself, such as a request that can't be read or
 * a header that is too long. Clients find it in the form of the door's other errors.
 */
@FunctionalInterface
public interface RefusalForm {
  /**
   * What is told.
   *
   * @param why in a sentence
   */
  Said of(int status, String why);

  /** The content of an answer. */
  record Said(String contentType, byte[] body) {}
}
