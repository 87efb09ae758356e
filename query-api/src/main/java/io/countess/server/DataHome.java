package io.countess.server;

import io.countess.event.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The directory where everything is kept. */
final class DataHome {
  private static final Set<String> OURS = Set.of("kafka", "state");

  /** What file systems and version control leave in a directory that is empty otherwise. */
  private static final String NOBODYS = "lost\\+found|\\..*";

  private DataHome() {}

  /**
   * Makes sure that nothing is written among the files of another program.
   *
   * @throws InvalidInputException where {@code data} holds some, and none of Countess
   */
  static void requireOwn(Path data) {
    if (!Files.isDirectory(data)) {
      return;
    }
    Set<String> names = names(data);
    boolean isOurs = names.stream().anyMatch(OURS::contains);
    names.stream()
        .filter(name -> !isOurs && !name.matches(NOBODYS))
        .sorted()
        .findFirst()
        .ifPresent(
            foreign -> {
              throw new InvalidInputException(
                  "data",
                  "is %s, which is not a data directory of Countess: it holds '%s'; give an empty"
                          .formatted(data, foreign)
                      + " or a new one");
            });
  }

  /** None where it can't be read: opening it says why. */
  private static Set<String> names(Path data) {
    try (Stream<Path> children = Files.list(data)) {
      return children.map(child -> child.getFileName().toString()).collect(Collectors.toSet());
    } catch (IOException unreadable) {
      return Set.of();
    }
  }
}
