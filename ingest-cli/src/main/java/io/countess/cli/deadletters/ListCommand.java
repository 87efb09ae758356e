package io.countess.cli.deadletters;

import io.countess.cli.console.OutputOptions;
import io.countess.cli.console.Terminal;
import io.countess.event.Instants;
import io.countess.event.InvalidInputException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists dead letters. */
@Command(name = "list", description = "List dead letters that nobody has dealt with yet.")
final class ListCommand implements Callable<Integer> {
  @Mixin private final KafkaOptions kafka;
  @Mixin private final OutputOptions output;

  @Option(names = "--all", description = "Also those that were put back or forgotten.")
  private boolean all;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Those of this time and later: ISO-8601 or milliseconds. Implies --all.")
  private String from;

  @Option(names = "--limit", paramLabel = "N", description = "At most N (default: no limit).")
  private long limit = Long.MAX_VALUE;

  @Option(names = "--follow", description = "Go on with those that come later.")
  private boolean follow;

  private long shown;

  ListCommand(Terminal terminal) {
    this.kafka = new KafkaOptions(terminal);
    this.output = new OutputOptions(terminal);
  }

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new InvalidInputException("limit", "is " + limit + "; it must be at least 1");
    }
    return kafka.run(
        clients -> {
          try (var letters = DeadLetters.open(clients)) {
            list(letters);
          }
        });
  }

  void list(DeadLetters letters) {
    if (from != null) {
      letters.seekTo(Instants.parseMillis("from", from));
    } else {
      letters.seekToFirst();
    }
    var rows = new LetterRows(output.open());
    if (follow) {
      letters.follow(letter -> show(letter, letters, rows));
    } else {
      letters.read(letter -> show(letter, letters, rows));
    }
  }

  private boolean show(DeadLetter letter, DeadLetters letters, LetterRows rows) {
    if (!all && from == null && letters.isDealtWith(letter)) {
      return true;
    }
    shown++;
    return rows.show(letter) && shown < limit;
  }
}
