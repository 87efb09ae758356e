package io.countess.cli.bench;

import io.countess.server.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real {@code serve} in a process of its own. */
final class ServeProcess implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofMinutes(3);
  private static final Duration ASK_EVERY = Duration.ofMillis(5);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(60);
  private static final int ANSWER_MILLIS = 2000;
  private static final int SHOWN_LINES = 15;
  private static final String GOOD = "HTTP/1.1 200";

  private final Workbench bench;
  private final Path output;
  private final Process process;
  private final InetSocketAddress http;
  private final int kafkaPort;
  private final long startNanos;

  private ServeProcess(Workbench bench, Map<Setting, String> settings) throws IOException {
    this.bench = bench;
    output = bench.path("serve.out");
    kafkaPort = freePort();
    http = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
    settings.put(Setting.KAFKA_PORT, Integer.toString(kafkaPort));
    settings.put(Setting.HTTP_PORT, Integer.toString(http.getPort()));
    var arguments = new ArrayList<>(List.of("serve"));
    settings.forEach((setting, value) -> arguments.addAll(List.of(setting.flag(), value)));
    var builder = new ProcessBuilder(OwnProgram.withArguments(arguments));
    builder.environment().keySet().removeIf(name -> name.startsWith("COUNTESS_"));
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    startNanos = System.nanoTime();
    process = builder.start();
  }

  /**
   * Starts one.
   *
   * @param settings ports are added to them
   */
  static ServeProcess start(Workbench bench, Map<Setting, String> settings) {
    try {
      return new ServeProcess(bench, settings);
    } catch (IOException failure) {
      throw new UncheckedIOException("no process can be started", failure);
    }
  }

  /** Where its Kafka listens. */
  String kafka() {
    return "127.0.0.1:" + kafkaPort;
  }

  /** Where its HTTP listens. */
  String url() {
    return "http://127.0.0.1:" + http.getPort();
  }

  /** Waits until it answers {@code path}, and says how many seconds that took from its start on. */
  double awaitAnswer(String path) {
    bench.await("the start of serve", READY_WITHIN, ASK_EVERY, () -> isAnswered(path));
    return (System.nanoTime() - startNanos) / 1e9;
  }

  /** Asks it to stop, and waits for that. */
  void stop() {
    process.destroy();
    awaitEnd();
  }

  /** Kills it as {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Kills it where it still runs. */
  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        throw new BenchException("serve has not stopped in time:\n" + tail());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new BenchException("stopped", interrupted);
    }
  }

  private boolean isAnswered(String path) {
    if (!process.isAlive()) {
      throw new BenchException("serve has ended by itself:\n" + tail());
    }
    try (var socket = new Socket()) {
      socket.connect(http, ANSWER_MILLIS);
      socket.setSoTimeout(ANSWER_MILLIS);
      String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      byte[] status = socket.getInputStream().readNBytes(GOOD.length());
      return new String(status, StandardCharsets.ISO_8859_1).equals(GOOD);
    } catch (IOException notYet) {
      return false;
    }
  }

  private String tail() {
    try {
      List<String> lines = Files.readAllLines(output);
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    } catch (IOException unreadable) {
      return "(its output can't be read)";
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
