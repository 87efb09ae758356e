package io.countess.bench;

import java.io.IOException;

/** A way to a server that has one request under way at a time. */
interface Exchange {
  /** Sends a request. */
  void send(byte[] request) throws IOException;

  /**
   * Reads what is there; answers whether the answer is complete.
   *
   * @throws BenchException where it is not a good one
   */
  boolean read() throws IOException;

  /** When the request under way was sent. */
  long sentNanos();

  void close() throws IOException;
}
