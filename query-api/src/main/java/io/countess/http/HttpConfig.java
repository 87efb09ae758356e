package io.countess.http;

import io.countess.event.InvalidInputException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How HTTP is served.
 *
 * @param bind the address to listen on
 * @param port 0 for any free one
 * @param apiKeys a file of hashed keys with their scopes
 * @param apiKey one key with every scope, as given in the environment
 * @param insecure whether to listen beyond loopback without keys all the same
 * @param cors whose pages may call from a browser
 */
public record HttpConfig(
    String bind,
    int port,
    Optional<Path> apiKeys,
    Optional<String> apiKey,
    boolean insecure,
    CorsOrigins cors) {
  /** Checks the port. */
  public HttpConfig {
    if (port < 0 || port > 65_535) {
      throw new InvalidInputException("http-port", "is " + port + "; it must be 0 to 65535");
    }
  }

  /** The same for pages of its own origin only. */
  public HttpConfig(
      String bind, int port, Optional<Path> apiKeys, Optional<String> apiKey, boolean insecure) {
    this(bind, port, apiKeys, apiKey, insecure, CorsOrigins.NONE);
  }
}
