package io.countess.cli.bench;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How this process was started, so that others can be started likewise. */
final class OwnProgram {
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  private OwnProgram() {}

  /** A command line for the same program, JVM and options, with other arguments. */
  static List<String> withArguments(List<String> arguments) {
    boolean isJar = CLASS_PATH.endsWith(".jar") && !CLASS_PATH.contains(File.pathSeparator);
    String mainClass = System.getProperty("sun.java.command").split(" ", 2)[0];
    return line(
        isJar ? List.of("-jar", CLASS_PATH) : List.of("-cp", CLASS_PATH, mainClass), arguments);
  }

  /** The same with another class to start at. */
  static List<String> otherMain(Class<?> main, List<String> arguments) {
    return line(List.of("-cp", CLASS_PATH, main.getName()), arguments);
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
