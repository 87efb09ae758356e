package io.countess.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A server in a process of its own. */
final class ServerProcess implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofMinutes(3);
  private static final Duration ASK_EVERY = Duration.ofMillis(5);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(60);
  private static final int SHOWN_LINES = 15;

  private final Workbench bench;
  private final Path output;
  private final Process process;
  private final long startNanos;

  private ServerProcess(Workbench bench, List<String> command, Path output) throws IOException {
    this.bench = bench;
    this.output = output;
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> Launcher.withholds(name, command));
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    startNanos = System.nanoTime();
    process = builder.start();
  }

  /**
   * Starts one.
   *
   * @param output a file that takes what it prints
   */
  static ServerProcess start(Workbench bench, List<String> command, Path output) {
    try {
      return new ServerProcess(bench, command, output);
    } catch (IOException failure) {
      throw new UncheckedIOException("no process can be started", failure);
    }
  }

  /** Waits until it is ready, and says how many seconds that took from its start on. */
  double awaitReady(BooleanSupplier isReady) {
    bench.await(
        "the start of a server",
        READY_WITHIN,
        ASK_EVERY,
        () -> isAlive() && isReady.getAsBoolean());
    return (System.nanoTime() - startNanos) / 1e9;
  }

  long pid() {
    return process.pid();
  }

  /** The processor time that it has taken so far, its JVM's own included. */
  Duration processorTime() {
    return process
        .info()
        .totalCpuDuration()
        .orElseThrow(() -> new BenchException("there is no telling what processor time it takes"));
  }

  /** The options of its JVM; empty where the system does not tell. */
  List<String> options() {
    return Launcher.options(process.info().arguments().map(List::of).orElse(List.of()));
  }

  /** Its JVM with these options; the one of this process where the system does not tell. */
  List<String> jvm() {
    return process.info().arguments().isEmpty()
        ? OwnProgram.jvm()
        : OwnProgram.jvm(process.info().command().orElseThrow(), options());
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
    if (process.isAlive()) {
      kill();
    }
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        throw new BenchException("a server has not stopped in time:\n" + tail());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new BenchException("stopped", interrupted);
    }
  }

  private boolean isAlive() {
    if (process.isAlive()) {
      return true;
    }
    throw new BenchException("a server has ended by itself:\n" + tail());
  }

  private String tail() {
    try {
      List<String> lines = Files.readAllLines(output);
      int from = Math.max(0, lines.size() - SHOWN_LINES);
      return String.join("\n", lines.subList(from, lines.size()));
    } catch (IOException unreadable) {
      return "(its output can't be read)";
    }
  }
}
