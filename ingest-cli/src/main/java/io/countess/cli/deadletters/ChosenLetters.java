package io.countess.cli.deadletters;

import io.countess.cli.console.ExitCode;
import io.countess.cli.console.FailedException;
import io.countess.event.InvalidInputException;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which dead letters a command is about. */
final class ChosenLetters {
  @Parameters(paramLabel = "ID", arity = "0..*", description = "Which, as 'list' shows them.")
  private List<String> ids = List.of();

  @Option(names = "--all", description = "All that nobody has dealt with yet.")
  private boolean all;

  /** Whether it is all of them. */
  boolean areAll() {
    return all;
  }

  /**
   * The letters that were named; none where it is all of them.
   *
   * @throws InvalidInputException where it is neither or both
   */
  List<LetterId> ids() {
    if (all != ids.isEmpty()) {
      throw new InvalidInputException("ID", "must be given, or --all instead");
    }
    return ids.stream().map(LetterId::parse).toList();
  }

  /**
   * Does {@code work} with each of them.
   *
   * @param again whether also with a named one that was dealt with before
   */
  void forEach(DeadLetters letters, boolean again, Consumer<DeadLetter> work) {
    if (all) {
      letters.seekToNew();
      letters.read(
          letter -> {
            if (!letters.isDealtWith(letter)) {
              work.accept(letter);
            }
            return true;
          });
    }
    for (LetterId id : ids()) {
      var letter = letters.get(id);
      if (letters.isDealtWith(letter) && !again) {
        throw new FailedException(
            ExitCode.FAILED, id + " was dealt with already; --again puts it back once more", null);
      }
      work.accept(letter);
    }
  }
}
