package io.countess.bench;

import io.countess.cli.Main;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts others on the JVM of this process and with its options. */
final class OwnProgram {
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  private OwnProgram() {}

  /** A command line for {@code countess}, as an installation starts it: without the benchmark. */
  static List<String> countess(List<String> arguments) {
    Path from = location(Main.class);
    return Files.isRegularFile(from)
        ? line(List.of("-jar", from.toString()), arguments)
        : starting(Main.class, arguments);
  }

  /** A command line for a class that this process can load. */
  static List<String> starting(Class<?> main, List<String> arguments) {
    return line(List.of("-cp", CLASS_PATH, main.getName()), arguments);
  }

  /** The jar or directory that a class was loaded from. */
  private static Path location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static List<String> line(List<String> program, List<String> arguments) {
    var line = new ArrayList<String>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    line.addAll(program);
    line.addAll(arguments);
    return line;
  }
}
