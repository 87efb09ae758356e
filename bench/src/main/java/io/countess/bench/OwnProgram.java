package io.countess.bench;

import io.countess.cli.Main;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts others on the JVM of this process and with its options. */
final class OwnProgram {
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  private OwnProgram() {}

  /** A command line for {@code countess}, as an installation starts it: without the benchmark. */
  static List<String> countess(List<String> arguments) {
    return jar()
        .map(jar -> line(options(), List.of("-jar", jar.toString()), arguments))
        .orElseGet(() -> starting(Main.class, arguments));
  }

  /** The jar of {@code countess}, where this process runs from one. */
  static Optional<Path> jar() {
    return Optional.of(location(Main.class)).filter(Files::isRegularFile);
  }

  /** A command line for a class that this process can load. */
  static List<String> starting(Class<?> main, List<String> arguments) {
    return starting(options(), main, arguments);
  }

  /** The same, with other options for the JVM. */
  static List<String> starting(List<String> options, Class<?> main, List<String> arguments) {
    return line(options, List.of("-cp", CLASS_PATH, main.getName()), arguments);
  }

  /** The options of this JVM. */
  static List<String> options() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments();
  }

  /** The jar or directory that a class was loaded from. */
  private static Path location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static List<String> line(
      List<String> options, List<String> program, List<String> arguments) {
    var line = new ArrayList<String>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(options);
    line.addAll(program);
    line.addAll(arguments);
    return line;
  }
}
