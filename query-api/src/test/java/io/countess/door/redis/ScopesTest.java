package io.countess.door.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.server.Alone;
import io.countess.server.Countess;
import io.countess.server.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the scopes of API keys allow at the door. */
class ScopesTest {
  private static final String SECRET = " of a key that is long enough";
  private static final String NO_ADMIN = "-NOPERM the key of %s has not the scope admin~";

  @TempDir static Path dir;
  private static Countess countess;

  @BeforeAll
  static void start() throws Exception {
    Path keys = dir.resolve("keys");
    Files.writeString(
        keys,
        line("boss", "read,write,admin")
            + line("shop", "read,write")
            + line("cell", "read,write,admin@cell")
            + line("eyes", "read"));
    var settings =
        Map.of(
            Setting.API_KEYS,
            keys.toString(),
            Setting.REDIS,
            "true",
            Setting.REDIS_PORT,
            "0",
            Setting.REDIS_NAMESPACE,
            ":");
    countess = Alone.start(dir.resolve("data"), "memory", settings);
  }

  private static String line(String name, String scopes) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest((name + SECRET).getBytes(UTF_8));
    return name + " " + scopes + " sha256:" + HexFormat.of().formatHex(hash) + "\n";
  }

  @AfterAll
  static void stop() {
    countess.close();
  }

  private static void expect(String name, String line, String reply) {
    try (var peer = RespPeer.to(countess.redis().orElseThrow().port())) {
      String login = "AUTH '" + name + SECRET + "'";
      assertThat(peer.ask(login, "+OK~")).isEqualTo("+OK~");
      assertThat(peer.ask(line, reply)).as(name + ": " + line).isEqualTo(reply);
    }
  }

  /** The policy of values is set once, by whoever may. */
  @Test
  void shouldMakeNewNamespacesForWhoeverMayChangePolicies() {
    expect("shop", "INCR new1:{a}", NO_ADMIN.formatted("shop"));
    expect("shop", "MULTI~INCR new1:{a}~EXEC", "+OK~+QUEUED~*1~" + NO_ADMIN.formatted("shop"));
    expect("boss", "INCR new1:{a}", ":1~");
    expect("shop", "INCR new1:{a}", ":2~");
    expect("shop", "MULTI~INCR new1:{a}~GET new1:{a}~EXEC", "+OK~+QUEUED~+QUEUED~*2~:3~$1~3~");
    expect("boss", "MULTI~INCR new2:{a}~EXEC", "+OK~+QUEUED~*1~:1~");
    expect("shop", "INCR new2:{a}", ":2~");
  }

  @Test
  void shouldThrottleForWhoeverMayChangePoliciesThere() {
    String throttle = "CL.THROTTLE cell:{u} 2 3 100";
    String no = NO_ADMIN.formatted("shop");
    expect("shop", throttle, no);
    expect("shop", "MULTI~" + throttle + "~EXEC", "+OK~+QUEUED~" + no);
    expect("cell", throttle, "*5~:0~:3~:2~:-1~:34~");
    String elsewhere =
        "-NOPERM the key of cell has the scope admin for namespaces that match cell, and 'other'"
            + " does not~";
    expect("cell", "CL.THROTTLE other:{u} 2 3 100", elsewhere);
    String both = "MULTI~" + throttle + "~CL.THROTTLE other:{u} 2 3 100~EXEC";
    expect("cell", both, "+OK~+QUEUED~+QUEUED~" + elsewhere);
    expect(
        "cell", "MULTI~CL.THROTTLE cell:{v} 2 3 100~EXEC", "+OK~+QUEUED~*1~*5~:0~:3~:2~:-1~:34~");
  }

  @Test
  void shouldReadForWhoeverMayRead() {
    expect("boss", "SET seen:{a} 5", "+OK~");
    expect("eyes", "MULTI~GET seen:{a}~TTL seen:{a}~EXEC", "+OK~+QUEUED~+QUEUED~*2~$1~5~:-1~");
    String no = "-NOPERM the key of eyes has not the scope write~";
    expect("eyes", "INCR seen:{a}", no);
    expect("eyes", "MULTI~INCR seen:{a}~GET seen:{a}~EXEC", "+OK~+QUEUED~+QUEUED~" + no);
    expect("eyes", "GET seen:{a}", "$1~5~");
  }
}
