package io.countess.door.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.server.Group;
import io.countess.server.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doors of two instances, of which each holds some of the keys: both say the same. */
class TwoInstancesTest {
  /** So many that each instance holds some, and by far not all. */
  private static final int KEYS = 40;

  @TempDir static Path data;
  private static Group group;
  private static List<RespPeer> peers;

  @BeforeAll
  static void start() throws Exception {
    var settings =
        Map.of(Setting.REDIS, "true", Setting.REDIS_PORT, "0", Setting.REDIS_NAMESPACE, ":");
    group = new Group(data);
    Group.Member one = group.start("one", settings);
    Group.Member two = group.start("two", settings);
    Group.awaitShared(one, two);
    peers = List.of(peer(one), peer(two));
  }

  private static RespPeer peer(Group.Member member) {
    return RespPeer.to(member.countess().redis().orElseThrow().port());
  }

  @AfterAll
  static void stop() {
    peers.forEach(RespPeer::close);
    group.close();
  }

  /** Through either of them in turn. */
  private static void expect(int turn, String line, String reply) {
    assertThat(peers.get(turn % 2).ask(line, reply)).as(line).isEqualTo(reply);
  }

  @Test
  void shouldCountThroughEither() {
    for (int i = 0; i < KEYS; i++) {
      String key = "counts" + i % 3 + ":k" + i;
      expect(i, "INCR " + key, ":1~");
      expect(i + 1, "INCRBY " + key + " 4", ":5~");
      expect(i, "GET " + key, "$1~5~");
      expect(i + 1, "EXPIRE " + key + " 100", ":1~");
      expect(i, "TTL " + key, ":100~");
      expect(i, "SET " + key + " 7 NX", "$-1~");
      expect(i + 1, "SET " + key + " 7 XX GET", "$1~5~");
      expect(i, "GETDEL " + key, "$1~7~");
      expect(i + 1, "EXISTS " + key, ":0~");
    }
  }

  @Test
  void shouldCarryOutTransactionsThroughEither() {
    for (int i = 0; i < KEYS; i++) {
      String key = "multi:{" + i + "}";
      String lines = "MULTI~INCR %1$sa~INCRBY %1$sb 2~GET %1$sa~EXEC".formatted(key);
      expect(i, lines, "+OK~+QUEUED~+QUEUED~+QUEUED~*3~:1~:2~$1~1~");
      expect(i + 1, lines, "+OK~+QUEUED~+QUEUED~+QUEUED~*3~:2~:4~$1~2~");
      expect(i, "MGET " + key + "a " + key + "b", "*2~$1~2~$1~4~");
    }
  }

  @Test
  void shouldThrottleThroughEither() {
    for (int i = 0; i < KEYS; i++) {
      String line = "CL.THROTTLE cell:k" + i + " 1 1 10000";
      expect(i, line, "*5~:0~:2~:1~:-1~:10000~");
      expect(i + 1, line, "*5~:0~:2~:0~:-1~:20000~");
      assertThat(peers.get(i % 2).ask(line, "*5~:1~:2~:0~")).isEqualTo("*5~:1~:2~:0~");
      peers.get(i % 2).receive(":10000~:20000~".replace("~", "\r\n").length());
    }
  }

  /** Commands of one connection, on keys of both instances. */
  @Test
  void shouldKeepTheOrderOfAPipeline() {
    for (int turn = 0; turn < 2; turn++) {
      var lines = new StringBuilder("MULTI~EXEC");
      var replies = new StringBuilder("+OK~*0~");
      for (int i = 0; i < 3 * KEYS; i++) {
        lines.append("~INCR line:k").append(i % KEYS);
        replies.append(":").append(3 * turn + i / KEYS + 1).append("~");
      }
      expect(turn, lines + "~GET line:k0", replies + "$1~" + 3 * (turn + 1) + "~");
    }
  }
}
