package io.countess.cli.deadletters;

import io.countess.cli.console.ExitCode;
import io.countess.cli.console.FailedException;
import io.countess.cli.console.Output;
import io.countess.cli.console.Output.Column;
import io.countess.cli.console.OutputOptions;
import io.countess.cli.console.Printable;
import io.countess.cli.console.Terminal;
import io.countess.event.InvalidInputException;
import io.countess.event.RecordKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts dead letters back. */
@Command(
    name = "put-back",
    description = "Append dead letters to the log again, as they were.",
    footer = {
      "",
      "They keep their time. Each one is marked, and not put back again; where this is",
      "interrupted, the letter that was under way may be put back a second time.",
      "With --all, letters that can't be put back as they are are named and passed over.",
      "A letter that is put back and can't be counted again is a new dead letter."
    })
final class PutBackCommand implements Callable<Integer> {
  private final Terminal terminal;
  private int passedOver;
  @Mixin private final KafkaOptions kafka;
  @Mixin private final OutputOptions output;

  @Mixin private final ChosenLetters chosen = new ChosenLetters();

  @Option(names = "--key", paramLabel = "NS/KEY", description = "Another record key, for one ID.")
  private String key;

  @Option(names = "--now", description = "Give those too old for the log the present time.")
  private boolean now;

  @Option(names = "--again", description = "Also an ID that was dealt with already.")
  private boolean again;

  PutBackCommand(Terminal terminal) {
    this.terminal = terminal;
    this.kafka = new KafkaOptions(terminal);
    this.output = new OutputOptions(terminal);
  }

  @Override
  public Integer call() {
    int named = chosen.ids().size();
    if (key != null && named != 1) {
      throw new InvalidInputException("key", "is for exactly one ID");
    }
    var otherKey = Optional.ofNullable(key).map(PutBackCommand::recordKey);
    return kafka.run(
        clients -> {
          try (var letters = DeadLetters.open(clients);
              var log = new PutBack(PutBack.producer(clients), otherKey, now)) {
            run(letters, log);
          }
        });
  }

  void run(DeadLetters letters, PutBack log) {
    var rows = output.open();
    rows.columns(Column.text("ID", 8), Column.text("POSITION", 0));
    chosen.forEach(
        letters,
        again,
        letter -> {
          try {
            show(letter, log, rows);
            letters.dealWith(letter);
          } catch (UnfitLetterException unfit) {
            passOver(unfit);
          }
        });
    if (passedOver > 0) {
      throw new FailedException(
          ExitCode.FAILED, passedOver + " letters were passed over, the others are put back", null);
    }
  }

  /** One that was named is what the command is about; of all of them the others can be put back. */
  private void passOver(UnfitLetterException unfit) {
    if (!chosen.areAll()) {
      throw new FailedException(ExitCode.FAILED, unfit.getMessage(), unfit);
    }
    passedOver++;
    terminal.err().println(Printable.of("countess: " + unfit.getMessage()));
  }

  private static void show(DeadLetter letter, PutBack log, Output rows) {
    var position = log.put(letter);
    rows.row(
        json -> {
          json.writeStringField("id", letter.id().toString());
          json.writeStringField("position", position.toString());
        },
        letter.id(),
        position);
  }

  static byte[] recordKey(String text) {
    byte[] recordKey = text.getBytes(StandardCharsets.UTF_8);
    return RecordKey.of(RecordKey.parse(recordKey));
  }
}
