package io.countess.door.http;

import io.countess.event.Durations;
import io.countess.event.InvalidInputException;
import java.time.Duration;

/**
 * How HTTP is served.
 *
 * @param bind the address to listen on
 * @param port 0 for any free one
 * @param cors whose pages may call from a browser
 * @param idle how long a connection may be silent, and how long a body may take that is no pipe
 */
public record HttpConfig(String bind, int port, CorsOrigins cors, Duration idle) {
  /** What {@code idle} is unless set. */
  public static final Duration IDLE = Duration.ofSeconds(30);

  private static final Duration MOST_IDLE = Duration.ofHours(1);

  /** Checks the port and the time. */
  public HttpConfig {
    if (port < 0 || port > 65_535) {
      throw new InvalidInputException("http-port", "is " + port + "; it must be 0 to 65535");
    }
    if (idle.compareTo(Duration.ofMillis(100)) < 0 || idle.compareTo(MOST_IDLE) > 0) {
      throw new InvalidInputException(
          "http-idle", "is " + Durations.show(idle) + "; it must be 100ms to 1h");
    }
  }

  /** With the usual time, for pages of its own origin only. */
  public HttpConfig(String bind, int port) {
    this(bind, port, CorsOrigins.NONE, IDLE);
  }

  /** The same for pages of other origins, too. */
  public HttpConfig with(CorsOrigins others) {
    return new HttpConfig(bind, port, others, idle);
  }
}
