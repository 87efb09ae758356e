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
        .map(jar -> line(jvm(), List.of("-jar", jar.toString()), arguments))
        .orElseGet(() -> starting(Main.class, arguments));
  }

  /** The jar of {@code countess}, where this process runs from one. */
  static Optional<Path> jar() {
    return Optional.of(location(Main.class)).filter(Files::isRegularFile);
  }

  /** A command line for a class that this process can load. */
  static List<String> starting(Class<?> main, List<String> arguments) {
    return starting(jvm(), main, arguments);
  }

  /** The same on another JVM, with other options. */
  static List<String> starting(List<String> jvm, Class<?> main, List<String> arguments) {
    return line(jvm, List.of("-cp", CLASS_PATH, main.getName()), arguments);
  }

  /** This JVM with its options: how a command line begins. */
  static List<String> jvm() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return jvm(java, ManagementFactory.getRuntimeMXBean().getInputArguments());
  }

  /** Another one: the launcher need not choose the one that this process has. */
  static List<String> jvm(String java, List<String> options) {
    var line = new ArrayList<String>();
    line.add(java);
    line.addAll(options);
    return line;
  }

  /** The jar or directory that a class was loaded from. */
  private static Path location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static List<String> line(List<String> jvm, List<String> program, List<String> arguments) {
    var line = new ArrayList<>(jvm);
    line.addAll(program);
    line.addAll(arguments);
    return line;
  }
}
