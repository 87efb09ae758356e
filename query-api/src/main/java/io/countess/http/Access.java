package io.countess.http;

/** What a caller needs to be let through to a route, where keys are asked for at all. */
enum Access {
  /** Nothing. */
  OPEN,
  /** A key with the scope read. */
  READ,
  /** A key with the scope write. */
  WRITE,
  /** A key with the scope admin. */
  ADMIN
}
