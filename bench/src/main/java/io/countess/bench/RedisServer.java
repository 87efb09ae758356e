package io.countess.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A redis-server that writes nothing to the disk, as a yardstick. */
final class RedisServer implements AutoCloseable {
  /** The name under which it is shown. */
  static final String TITLE = "redis-server, nothing on disk";

  private static final String PROGRAM = "redis-server";

  private final ServerProcess process;
  private final int port;

  private RedisServer(ServerProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts one, and waits until it listens. Where the machine has none, that is said. */
  static Started start(Workbench bench) {
    if (!isInstalled()) {
      bench.step("no redis-server is measured beside it: there is none on the PATH");
      return new Started(Optional.empty());
    }
    int port = freePort();
    List<String> command =
        List.of(
            PROGRAM,
            "--port",
            "" + port,
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no");
    var process = ServerProcess.start(bench, command, bench.path("redis.out"));
    process.awaitReady(() -> isListening(port));
    return new Started(Optional.of(new RedisServer(process, port)));
  }

  /** One, or none. */
  record Started(Optional<RedisServer> server) implements AutoCloseable {
    @Override
    public void close() {
      server.ifPresent(RedisServer::close);
    }
  }

  /** The processor time that it has taken so far. */
  Duration processorTime() {
    return process.processorTime();
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.close();
  }

  private static boolean isInstalled() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, PROGRAM)));
  }

  private static boolean isListening(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException("there is no free port", failure);
    }
  }
}
