package io.countess.door.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.countess.door.Admission;
import io.countess.door.KeysConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in: API keys as passwords, and their names as users. */
class LoginTest {
  private static final String KEY = "a key that is long enough";
  private static final String NO_AUTH = "-NOAUTH Authentication required.~";
  private static final String WRONG =
      "-WRONGPASS invalid username-password pair or user is disabled.~";

  @TempDir Path dir;
  private RedisDoor door;
  private RespPeer peer;

  @BeforeEach
  void open() throws Exception {
    write(KEY);
    door = new RedisFakes().open(keys());
    peer = RespPeer.to(door.port());
  }

  @AfterEach
  void close() {
    peer.close();
    door.close();
  }

  private KeysConfig keys() {
    return new KeysConfig(Optional.of(dir.resolve("keys")), Optional.empty(), false);
  }

  private void write(String key) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    Files.writeString(
        dir.resolve("keys"), "alice read write sha256:" + HexFormat.of().formatHex(hash) + "\n");
  }

  private void expect(String line, String reply) {
    assertThat(peer.ask(line, reply)).isEqualTo(reply);
  }

  @Test
  void shouldLetNobodyInWithoutAKey() {
    expect("PING", NO_AUTH);
    expect("CLIENT SETNAME a", NO_AUTH);
    expect("PING a b", NO_AUTH);
    expect("FOO", "-ERR unknown command 'FOO', with args beginning with: ~");
    expect("AUTH 'a key that is long enough, but wrong'", WRONG);
    expect("AUTH bob '" + KEY + "'", WRONG);
    expect("PING", NO_AUTH);
    expect("HELLO 3 AUTH alice wrong", WRONG);
    expect(
        "HELLO 3",
        "-NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO"
            + " <proto> AUTH <user> <pass> option can be used to authenticate the client and select"
            + " the RESP protocol version at the same time~");
    expect("RESET", "+RESET~");
    expect("QUIT", "+OK~");
  }

  @Test
  void shouldLetInWhoeverHasAKey() {
    expect("AUTH '" + KEY + "'", "+OK~");
    expect("PING", "+PONG~");
    expect("RESET", "+RESET~");
    expect("PING", NO_AUTH);
    expect("AUTH alice '" + KEY + "'", "+OK~");
    expect("AUTH default '" + KEY + "'", "+OK~");
    expect("AUTH wrong", WRONG);
    expect("PING", "+PONG~");
  }

  @Test
  void shouldLetInByHello() {
    peer.send("HELLO 3 AUTH alice '" + KEY + "' SETNAME me~CLIENT INFO~QUIT~");
    assertThat(peer.receiveAll())
        .startsWith("%7~")
        .contains(" name=me ", " user=alice ", " resp=3 ");
  }

  @Test
  void shouldLetNobodyStayWhoseKeyIsTakenBack() throws Exception {
    expect("AUTH '" + KEY + "'", "+OK~");
    write("another key that is long enough");
    Files.setLastModifiedTime(dir.resolve("keys"), FileTime.from(Instant.now().plusSeconds(5)));
    await()
        .until(
            () -> {
              peer.send("ECHO a~");
              return peer.receive(7).startsWith("-NOAUTH");
            });
  }

  @Test
  void shouldTakeLittleFromOneWhoHasNotLoggedIn() {
    peer.send("*11~");
    assertThat(peer.receiveAll())
        .isEqualTo("-ERR Protocol error: unauthenticated multibulk length~");
  }

  @Test
  void shouldNotListenBeyondLoopbackWithoutKeys() {
    var config = RedisConfig.on("0.0.0.0", 0, "redis");
    var fakes = new RedisFakes();
    assertThatThrownBy(() -> fakes.open(config, KeysConfig.NONE, new Admission(1)))
        .hasMessage(
            "redis-bind is 0.0.0.0, where others can reach it: give --api-keys FILE, or --insecure"
                + " to let everyone in");
    fakes.open(config, keys(), new Admission(1)).close();
    var insecure = new KeysConfig(Optional.empty(), Optional.empty(), true);
    fakes.open(config, insecure, new Admission(1)).close();
  }

  @Test
  void shouldNameTheSettingThatIsWrong() {
    var fakes = new RedisFakes();
    var taken = RedisConfig.on("127.0.0.1", door.port(), "redis");
    assertThatThrownBy(() -> fakes.open(taken, KeysConfig.NONE, new Admission(1)))
        .hasMessageStartingWith(
            "redis-port " + door.port() + " can't be listened on at 127.0.0.1: ");
    assertThatThrownBy(() -> RedisConfig.on("127.0.0.1", 70_000, "redis"))
        .hasMessage("redis-port is 70000; it must be 0 to 65535");
    assertThatThrownBy(() -> RedisConfig.on("127.0.0.1", 0, "n".repeat(65)))
        .hasMessage("redis-namespace is 65 bytes long; at most 64 bytes are allowed");
  }
}
