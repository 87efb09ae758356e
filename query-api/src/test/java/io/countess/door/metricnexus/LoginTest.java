package io.countess.door.metricnexus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.door.KeysConfig;
import io.countess.event.InvalidInputException;
import io.countess.server.Countess;
import io.countess.server.Setting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in, and to do what. */
class LoginTest {
  private static final String ALL = "a key for everything";
  private static final String READS = "a key that only reads";
  private static final String OTHER = "a key for other names";

  @TempDir static Path dir;
  private static Countess countess;
  private static NexusPeer nobody;

  @BeforeAll
  static void start() throws Exception {
    Path keys = dir.resolve("keys");
    Files.writeString(
        keys,
        line("nexus read,write,admin@metrics", ALL)
            + line("prometheus read@metrics", READS)
            + line("other read,write,admin@other", OTHER));
    countess =
        Nexus.start(dir.resolve("data"), "memory", Map.of(Setting.API_KEYS, keys.toString()));
    nobody = Nexus.peer(countess);
  }

  private static String line(String who, String key) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    return who + " sha256:" + HexFormat.of().formatHex(hash) + "\n";
  }

  @AfterAll
  static void stop() {
    countess.close();
  }

  @Test
  void shouldTellMissingKeysFromWrongOnes() {
    for (String path : new String[] {"/a", "/__metrics", "/", "/a/b/c"}) {
      NexusPeer.Answer missing = nobody.ask("GET", path, "");
      assertThat(missing.told()).isEqualTo("401 missing or malformed API Key");
      assertThat(missing.header("Content-Type")).hasValue("text/plain; charset=utf-8");
      assertThat(nobody.with("no such key").get(path)).isEqualTo("401 Invalid or expired API Key");
    }
    assertThat(nobody.ask("PATCH", "/a", "").status()).isEqualTo(401);
  }

  @Test
  void shouldTakeAKeyOnlyAfterTheWordToken() {
    assertThat(nobody.with(ALL).get("/a")).isEqualTo("404 Not Found");
    for (String header :
        new String[] {
          "Authorization: " + ALL,
          "Authorization: Bearer " + ALL,
          "Authorization: Token " + ALL,
          "Authorization: token",
          "Authorization: token  " + ALL + " x"
        }) {
      var peer = new NexusPeer(nobody.port(), header + "\r\n");
      assertThat(peer.get("/a")).as(header).isEqualTo("401 Invalid or expired API Key");
    }
    var other = new NexusPeer(nobody.port(), "X-API-Key: " + ALL + "\r\n");
    assertThat(other.get("/a")).isEqualTo("401 missing or malformed API Key");
  }

  @Test
  void shouldTakeAKeyUnderAnyNameOfTheHost() {
    String request =
        "GET /named HTTP/1.1\r\nHost: local.nexus:4096\r\nConnection: close\r\nAuthorization: token "
            + ALL
            + "\r\n\r\n";
    byte[] answer = nobody.send(request.getBytes(StandardCharsets.UTF_8));
    assertThat(new String(answer, StandardCharsets.UTF_8))
        .startsWith("HTTP/1.1 404 ")
        .endsWith("\r\n\r\nNot Found");
  }

  @Test
  void shouldAllowWhatTheKeyAllows() {
    NexusPeer all = nobody.with(ALL);
    assertThat(all.post("/scoped", "")).isEqualTo("201 Created");
    assertThat(all.put("/scoped", "3")).isEqualTo("204");
    NexusPeer reads = nobody.with(READS);
    assertThat(reads.get("/scoped")).isEqualTo("200 3");
    assertThat(reads.get("/__metrics")).contains("scoped 3\n");
    assertThat(reads.put("/scoped", "4")).startsWith("403 ");
    assertThat(reads.put("/scoped/inc", "")).startsWith("403 ");
    assertThat(reads.post("/scoped2", "")).startsWith("403 ");
    assertThat(reads.delete("/scoped")).startsWith("403 ");
    NexusPeer other = nobody.with(OTHER);
    assertThat(other.get("/scoped")).startsWith("403 ");
    assertThat(other.get("/__metrics")).startsWith("403 ");
    assertThat(other.post("/scoped", "")).startsWith("403 ");
    assertThat(all.get("/scoped")).isEqualTo("200 3");
  }

  @Test
  void shouldNotListenBeyondLoopbackWithoutKeys() {
    var config = MetricNexusConfig.on("0.0.0.0", 0, "metrics", new Tls.Off());
    assertThatThrownBy(() -> config.requireGuard(KeysConfig.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "metric-nexus-bind is 0.0.0.0, where others can reach it: give --api-keys FILE, or"
                + " --insecure to let everyone in");
    config.requireGuard(new KeysConfig(Optional.empty(), Optional.of(ALL), false));
    config.requireGuard(new KeysConfig(Optional.empty(), Optional.empty(), true));
  }
}
