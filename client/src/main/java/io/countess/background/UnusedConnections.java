package io.countess.background;

/**
 * How long the HTTP clients of this JVM keep connections that nobody uses. A request on a
 * connection that the other side is just closing may or may not have arrived. So they let go of it
 * before servers do.
 */
public final class UnusedConnections {
  private static final String KEEP_ALIVE = "jdk.httpclient.keepalive.timeout";

  /** Half of what Countess keeps a silent connection, unless it is told otherwise. */
  private static final String SECONDS = "15";

  private UnusedConnections() {}

  /**
   * Has them let go of unused connections after 15 s, unless the system property {@code
   * jdk.httpclient.keepalive.timeout} is set. The JVM reads that once, when the first connection is
   * made.
   */
  public static void letGoEarly() {
    if (System.getProperty(KEEP_ALIVE) == null) {
      System.setProperty(KEEP_ALIVE, SECONDS);
    }
  }
}
