package io.countess.cli.soak;

import io.countess.cli.soak.WallClocks.WallClock;
import io.countess.runtime.Fold;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A process of ours with a small heap that things happen to, and that can be started again. */
final class Victim {
  private static final long STOP_SECONDS = 30;

  private final String name;
  private final List<String> command;
  private final File log;
  private final Optional<WallClock> clock;
  private Process process;

  Victim(String name, File log, String mainClass, List<String> arguments) {
    this(name, log, mainClass, arguments, Optional.empty());
  }

  /**
   * @param clock by which it goes instead of that of the machine
   */
  Victim(
      String name, File log, String mainClass, List<String> arguments, Optional<WallClock> clock) {
    this.name = name;
    this.log = log;
    this.clock = clock;
    var whole = new ArrayList<String>();
    whole.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Quick to start rather than fast in the end.
    whole.addAll(List.of("-Xmx300m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    // As it logs when it is installed, and not as tests do.
    whole.add("-Dlogback.configurationFile=logback.xml");
    whole.add("-Dcountess.log=" + System.getProperty("countess.soak.log", "WARN"));
    whole.addAll(List.of("-cp", classPath(mainClass), mainClass));
    whole.addAll(arguments);
    this.command = List.copyOf(whole);
  }

  /** Of Kafka as Apache ships it: with its own clock, and not with that of the fold. */
  private static String classPath(String mainClass) {
    String all = System.getProperty("java.class.path");
    if (mainClass.startsWith("io.countess.")) {
      return all;
    }
    String fold = Fold.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return Arrays.stream(all.split(File.pathSeparator))
        .filter(each -> !Path.of(each).equals(Path.of(fold)))
        .collect(Collectors.joining(File.pathSeparator));
  }

  String name() {
    return name;
  }

  void start() {
    try {
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      clock.ifPresent(own -> builder.environment().putAll(own.environment()));
      process = builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log)).start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Its clock, if it is not that of the machine. */
  Optional<WallClock> clock() {
    return clock;
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** As a power cut or the kernel does it. */
  void kill() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }

  /** As an operator does it; false where it does not end in time, and is killed. */
  boolean stop() throws InterruptedException {
    process.destroy();
    if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      return true;
    }
    kill();
    return false;
  }

  /** What it ended with. */
  int exitCode() {
    return process.exitValue();
  }

  /** Holds it up, as a machine does that is short of everything. */
  void pause() {
    signal("-STOP");
  }

  /** Lets it go on. */
  void resume() {
    signal("-CONT");
  }

  /** Has it write into its log what each thread does. */
  void dumpThreads() {
    if (isAlive()) {
      signal("-QUIT");
    }
  }

  private void signal(String which) {
    try {
      new ProcessBuilder("kill", which, Long.toString(process.pid())).start().onExit().join();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
