package io.countess.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The script that users start: what it does for the JVM is part of what they see. */
final class Launcher {
  private static final String VARIABLES = "COUNTESS_";

  /** What it reads from the environment itself. */
  private static final Set<String> ITS_OWN =
      Set.of("COUNTESS_JAVA_OPTS", "COUNTESS_GC", "COUNTESS_CDS");

  /** Where it stands in a clone, seen from the directory of the jar. */
  private static final Path FROM_JAR = Path.of("..", "..", "..", "countess");

  private static final String AOT_CACHE = "-XX:AOTCache=";
  private static final String ARCHIVE = "-XX:SharedArchiveFile=";
  private static final Set<String> PROGRAM = Set.of("-jar", "-cp");

  private Launcher() {}

  /** A command line for {@code countess}, by the launcher where this process came by it too. */
  static List<String> countess(List<String> arguments) {
    Optional<Path> script = script();
    if (script.isEmpty()) {
      return OwnProgram.countess(arguments);
    }
    var line = new ArrayList<>(List.of(script.get().toString()));
    line.addAll(arguments);
    return line;
  }

  private static Optional<Path> script() {
    return OwnProgram.jar()
        .map(jar -> jar.resolveSibling(FROM_JAR).normalize())
        .filter(Files::isExecutable);
  }

  /**
   * Whether a process that is started so must not see a variable of the environment. What is set
   * for this machine's own server is not meant for it.
   */
  static boolean withholds(String variable, List<String> command) {
    boolean launched = script().filter(it -> it.toString().equals(command.get(0))).isPresent();
    return variable.startsWith(VARIABLES) && !(launched && ITS_OWN.contains(variable));
  }

  /** The options for the JVM in the arguments of a process. */
  static List<String> options(List<String> arguments) {
    return arguments.stream().takeWhile(argument -> !PROGRAM.contains(argument)).toList();
  }

  /** What a JVM with these options remembers of earlier ones. */
  static String archive(List<String> options) {
    if (options.stream().anyMatch(option -> option.startsWith(AOT_CACHE))) {
      return "with an AOT cache";
    }
    return options.stream().anyMatch(option -> option.startsWith(ARCHIVE))
        ? "with an archive of classes"
        : "without an AOT cache or archive";
  }
}
