package io.countess.door.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.server.Alone;
import io.countess.server.Countess;
import io.countess.server.Setting;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Transaction;

/** {@code MULTI} at a whole service, as far as it is not what a Redis alone says. */
class TransactionTest {
  private static final String ABORTED =
      "-EXECABORT Transaction discarded because of previous errors.~";

  @TempDir static Path data;
  private static Countess countess;
  private RespPeer peer;

  @BeforeAll
  static void start() throws InterruptedException {
    var settings =
        Map.of(Setting.REDIS, "true", Setting.REDIS_PORT, "0", Setting.REDIS_NAMESPACE, ":");
    countess = Alone.start(data, "memory", settings);
  }

  @AfterAll
  static void stop() {
    countess.close();
  }

  @BeforeEach
  void connect() {
    peer = RespPeer.to(countess.redis().orElseThrow().port());
  }

  @AfterEach
  void hangUp() {
    peer.close();
  }

  private void expect(String line, String reply) {
    assertThat(peer.ask(line, reply)).isEqualTo(reply);
  }

  /** Sends a transaction in one go, and expects what its {@code EXEC} says. */
  private void expectOfAll(String reply, String... lines) {
    String queued = "+OK~" + "+QUEUED~".repeat(lines.length);
    expect("MULTI~" + String.join("~", lines) + "~EXEC", queued + reply);
  }

  @Test
  void shouldWriteFirstInSeveralNewNamespaces() {
    expectOfAll("*3~:1~:2~:3~", "INCR new1:{u}a", "INCRBY new2:{u}b 2", "INCRBY new1:{u}c 3");
    expect("MGET new1:{u}a new2:{u}b new1:{u}c", "*3~$1~1~$1~2~$1~3~");
  }

  @Test
  void shouldRefuseKeysThatAreNotTogether() {
    expectOfAll(
        "-CROSSSLOT Keys in request don't hash to the same slot~", "SET x:a 1", "SET x:b 1");
    expect("EXISTS x:a x:b", ":0~");
    expect("EXEC", "-ERR EXEC without MULTI~");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SCAN 0",
        "KEYS *",
        "DBSIZE",
        "FLUSHDB",
        "FLUSHALL",
        "HELLO 3",
        "AUTH a b",
        "MCAPTCHA_CACHE.GET a",
        "MCAPTCHA_CACHE.ADD_VISITOR a",
        "MCAPTCHA_CACHE.ADD_CHALLENGE a b"
      })
  void shouldNotTakeWhatIsNoEventOfABatch(String line) {
    expect("MULTI", "+OK~");
    expect("SET no:{t} 1", "+QUEUED~");
    expect(line, "-ERR Command not allowed inside a transaction~");
    expect("EXEC", ABORTED);
    expect("EXISTS no:{t}", ":0~");
  }

  @Test
  void shouldNotWatch() {
    String no =
        "-ERR WATCH is not supported here; conditions of a command, as those of SET and INCREX, are"
            + " decided together with what it does~";
    expect("WATCH a", no);
    expectOfAll("*1~:1~", "INCR watch:a");
  }

  @Test
  void shouldThrottleAndCountInOneStep() {
    expectOfAll(
        "*5~*5~:0~:3~:2~:-1~:34~*5~:0~:3~:0~:-1~:100~:1~*5~:1~:3~:0~:34~:100~"
            + "-WRONGTYPE Operation against a key holding the wrong kind of value~",
        "CL.THROTTLE seen:{u}bucket 2 3 100",
        "CL.THROTTLE seen:{u}bucket 2 3 100 2",
        "INCR seen:{u}",
        "CL.THROTTLE seen:{u}bucket 2 3 100",
        "GET seen:{u}bucket");
    expectOfAll(
        "*2~-WRONGTYPE Operation against a key holding the wrong kind of value~:2~",
        "INCR seen:{u}bucket",
        "INCR seen:{u}");
    expectOfAll("*1~+OK~", "MCAPTCHA_CACHE.COUNT {u} 60");
  }

  @Test
  void shouldCountAsOftenAsARecordHolds() {
    String[] most = IntStream.range(0, 100).mapToObj(i -> "INCR often:a").toArray(String[]::new);
    String counts =
        IntStream.rangeClosed(1, 100).mapToObj(i -> ":" + i + "~").collect(Collectors.joining());
    expectOfAll("*100~" + counts, most);

    expect("MULTI", "+OK~");
    for (String line : most) {
      expect(line, "+QUEUED~");
    }
    expect("MGET often:a", "+QUEUED~");
    expect(
        "EXEC",
        "-ERR nothing was done: a transaction reads and changes keys at most 100 times, and not"
            + " 101~");
    expect("GET often:a", "$3~100~");
  }

  @Test
  void shouldBoundWhatWaits() {
    String full = "-ERR a transaction has at most 1024 commands, which take at most 65536 bytes~";
    expect("MULTI~" + "GET a~".repeat(1024) + "GET a", "+OK~" + "+QUEUED~".repeat(1024) + full);
    expect("GET a", "+QUEUED~");
    expect("EXEC", ABORTED);
    String large = "GET " + "k".repeat(4000);
    expect("MULTI~" + (large + "~").repeat(16) + large, "+OK~" + "+QUEUED~".repeat(16) + full);
    expect("DISCARD", "+OK~");
  }

  @Test
  void shouldKeepTheOrderOfAPipeline() {
    String one = "INCR line:a~MULTI~INCR line:a~GET line:a~INCRBY line:a 2~EXEC~GET line:a";
    var lines = new StringBuilder();
    var replies = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      lines.append(i == 0 ? "" : "~").append(one);
      int n = 4 * i;
      String got = Integer.toString(n + 2);
      String last = Integer.toString(n + 4);
      replies
          .append(":%d~+OK~+QUEUED~+QUEUED~+QUEUED~*3~".formatted(n + 1))
          .append(":%d~$%d~%s~:%d~".formatted(n + 2, got.length(), got, n + 4))
          .append("$%d~%s~".formatted(last.length(), last));
    }
    expect(lines.toString(), replies.toString());
  }

  @Test
  void shouldServeJedis() {
    try (var jedis = new Jedis("127.0.0.1", countess.redis().orElseThrow().port())) {
      Transaction multi = jedis.multi();
      var count = multi.incr("jedis:{u}n");
      var ttl = multi.expire("jedis:{u}n", 60);
      var other = multi.get("jedis:{u}none");
      assertThat(multi.exec()).hasSize(3);
      assertThat(count.get()).isEqualTo(1);
      assertThat(ttl.get()).isEqualTo(1);
      assertThat(other.get()).isNull();
    }
  }
}
