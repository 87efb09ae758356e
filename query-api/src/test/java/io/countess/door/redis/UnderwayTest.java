package io.countess.door.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.door.Admission;
import io.countess.door.KeysConfig;
import io.countess.door.net.Leaks;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The end of a door, and of connections. */
class UnderwayTest {
  private final RedisFakes fakes = new RedisFakes();

  @AfterAll
  static void requireNoLeaks() {
    Leaks.requireNone();
  }

  @Test
  void shouldEndConnectionsWhenItCloses() {
    RedisDoor door = fakes.open();
    try (RespPeer peer = RespPeer.to(door.port())) {
      assertThat(peer.ask("PING", "+PONG~")).isEqualTo("+PONG~");
      door.close();
      assertThat(peer.receiveAll()).isEmpty();
    }
  }

  @Test
  void shouldBearAConnectionThatEndsInTheMiddle() {
    RedisDoor door = fakes.open();
    try (RespPeer peer = RespPeer.to(door.port())) {
      peer.send("PING~*2~$4~ECHO~$10~abc");
      assertThat(peer.receive(7)).isEqualTo("+PONG~");
    }
    try (RespPeer other = RespPeer.to(door.port())) {
      assertThat(other.ask("PING", "+PONG~")).isEqualTo("+PONG~");
      await().until(() -> list(door).split(" addr=").length == 3);
    }
    door.close();
  }

  private static String list(RedisDoor door) {
    try (RespPeer peer = RespPeer.to(door.port())) {
      peer.send("CLIENT LIST~QUIT~");
      return peer.receiveAll();
    }
  }

  @Test
  void shouldTellItsMeterOfEachRequest() {
    RedisDoor door =
        fakes.open(RedisConfig.on("127.0.0.1", 0, ":"), KeysConfig.NONE, new Admission(1));
    try (RespPeer peer = RespPeer.to(door.port())) {
      peer.send("PING~PING a b~FOO~QUIT~");
      peer.receiveAll();
      for (String tags :
          new String[] {
            "command=\"ping\",door=\"redis\",outcome=\"done\"",
            "command=\"ping\",door=\"redis\",outcome=\"invalid\"",
            "command=\"none\",door=\"redis\",outcome=\"invalid\"",
            "command=\"quit\",door=\"redis\",outcome=\"done\""
          }) {
        assertThat(fakes.registry.scrape())
            .contains("countess_door_requests_seconds_count{" + tags + "} 1");
      }
    }
    door.close();
  }
}
