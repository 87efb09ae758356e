package io.countess.cli.deadletters;

import io.countess.cli.console.ExitCode;
import io.countess.cli.console.FailedException;
import io.countess.event.InvalidInputException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The dead letters of a command: those named, or all. */
final class LetterSelection {
  @Parameters(paramLabel = "ID", arity = "0..*", description = "Which, as 'list' shows them.")
  private List<String> ids = List.of();

  @Option(names = "--all", description = "All that nobody has dealt with yet.")
  private boolean all;

  /** Whether it is one that was named. */
  boolean isOne() {
    return ids.size() == 1;
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
   * Does {@code work} with each of them, in batches.
   *
   * @param again whether also with a named one that was dealt with before
   */
  void forEachBatch(DeadLetters letters, boolean again, Consumer<List<DeadLetter>> work) {
    var batches = new Batches(work);
    if (all) {
      letters.seekToFirst();
      letters.read(letter -> letters.isDealtWith(letter) || batches.add(letter));
      batches.finish();
      return;
    }
    List<LetterId> named = ids();
    if (!again) {
      requireNew(named, letters.marks());
    }
    Set<LetterId> missing = letters.read(named, batches::add);
    batches.finish();
    if (!missing.isEmpty()) {
      String which = missing.stream().map(LetterId::toString).collect(Collectors.joining(", "));
      throw new FailedException(ExitCode.FAILED, "there is no dead letter " + which, null);
    }
  }

  private static void requireNew(List<LetterId> named, Marks marks) {
    for (LetterId id : named) {
      if (marks.has(id.partition(), id.offset())) {
        throw new FailedException(
            ExitCode.FAILED, id + " was dealt with already; --again puts it back once more", null);
      }
    }
  }
}
