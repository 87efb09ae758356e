package io.countess.background;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnusedConnectionsTest {
  private static final String KEEP_ALIVE = "jdk.httpclient.keepalive.timeout";

  private final String before = System.getProperty(KEEP_ALIVE);

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(KEEP_ALIVE);
    } else {
      System.setProperty(KEEP_ALIVE, before);
    }
  }

  @Test
  void shouldLetGoOfConnectionsBeforeServersDo() {
    System.clearProperty(KEEP_ALIVE);
    UnusedConnections.letGoEarly();
    assertThat(System.getProperty(KEEP_ALIVE)).isEqualTo("15");
  }

  @Test
  void shouldLeaveWhatTheUserHasSet() {
    System.setProperty(KEEP_ALIVE, "3");
    UnusedConnections.letGoEarly();
    assertThat(System.getProperty(KEEP_ALIVE)).isEqualTo("3");
  }
}
