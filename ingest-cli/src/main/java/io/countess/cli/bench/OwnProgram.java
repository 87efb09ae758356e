package io.countess.cli.bench;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How this process was started, so that others can be started likewise. */
final class OwnProgram {
  private OwnProgram() {}

  /** A command line for the same program, JVM and options, with other arguments. */
  static List<String> withArguments(List<String> arguments) {
    String classPath = System.getProperty("java.class.path");
    var line = new ArrayList<String>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    if (classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator)) {
      line.addAll(List.of("-jar", classPath));
    } else {
      String mainClass = System.getProperty("sun.java.command").split(" ", 2)[0];
      line.addAll(List.of("-cp", classPath, mainClass));
    }
    line.addAll(arguments);
    return line;
  }
}
