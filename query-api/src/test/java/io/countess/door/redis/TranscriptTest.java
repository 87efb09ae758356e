package io.countess.door.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.countess.server.Alone;
import io.countess.server.Setting;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is answered to commands on values, by themselves and in transactions, byte for byte. The
 * same transcripts are held against a real Redis, where there is one on this machine.
 */
class TranscriptTest {
  @TempDir Path data;

  private static final List<String> TRANSCRIPTS = List.of("values.txt", "transactions.txt");

  private static void playAll(int port) {
    for (String name : TRANSCRIPTS) {
      try (var peer = RespPeer.to(port)) {
        play(peer, transcript(name));
      }
    }
  }

  private static List<String> transcript(String name) {
    try (var in = TranscriptTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void play(RespPeer peer, List<String> transcript) {
    for (String line : transcript) {
      String[] parts = line.split(" → ", 2);
      assertThat(peer.ask(parts[0], parts[1])).as(parts[0]).isEqualTo(parts[1]);
    }
  }

  @Test
  void shouldAnswerAsRedisDoes() throws InterruptedException {
    var settings = Map.of(Setting.REDIS, "true", Setting.REDIS_PORT, "0");
    try (var countess = Alone.start(data, "memory", settings)) {
      playAll(countess.redis().orElseThrow().port());
    }
  }

  @Test
  void shouldHaveTheTranscriptOfARealRedis() throws Exception {
    assumeTrue(isInstalled("redis-server"), "there is no redis-server on this machine");
    int port = freePort();
    Process redis =
        new ProcessBuilder("redis-server", "--port", "" + port, "--save", "", "--bind", "127.0.0.1")
            .directory(data.toFile())
            .redirectErrorStream(true)
            .redirectOutput(data.resolve("redis.log").toFile())
            .start();
    try {
      await().ignoreExceptions().until(() -> canConnect(port));
      playAll(port);
    } finally {
      redis.destroyForcibly().waitFor();
    }
  }

  private static boolean canConnect(int port) {
    try (var other = RespPeer.to(port)) {
      return other.ask("PING", "+PONG~").equals("+PONG~");
    }
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(dir -> Path.of(dir, program).toFile().canExecute());
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
