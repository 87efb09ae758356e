package io.countess.cli.deadletters;

import io.countess.cli.console.ExitCode;
import io.countess.cli.console.FailedException;
import io.countess.cli.console.Output;
import io.countess.cli.console.Output.Column;
import io.countess.cli.console.OutputOptions;
import io.countess.cli.console.Printable;
import io.countess.cli.console.Terminal;
import io.countess.event.InvalidInputException;
import io.countess.event.Position;
import io.countess.event.RecordKey;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
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
      "They keep their time. Each one is marked in the same transaction of Kafka, so it is put "
          + "back once, also where this is interrupted and repeated. "
          + "Letters that can't be put back as they are are named and passed over. "
          + "A letter that is put back and can't be counted again is a new dead letter."
    })
final class PutBackCommand implements Callable<Integer> {
  /** How many letters are named that are passed over. */
  private static final int MAX_NAMED = 1000;

  private final Terminal terminal;
  @Mixin private final KafkaOptions kafka;
  @Mixin private final OutputOptions output;

  @Mixin private final LetterSelection chosen = new LetterSelection();

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
    var options = new PutBack.Options(Optional.ofNullable(key).map(PutBackCommand::recordKey), now);
    return kafka.run(
        clients -> {
          var oldest = PutBack.oldest(clients);
          try (var desk = Desk.open(clients)) {
            run(desk, new PutBack(desk, options, oldest, InstantSource.system()));
          }
        });
  }

  void run(Desk desk, PutBack log) {
    var report = new Rows(output.open());
    chosen.forEachBatch(desk.letters(), again, batch -> log.put(batch, report));
    if (report.passedOver > 0) {
      throw new FailedException(
          ExitCode.FAILED,
          report.passedOver + " letters were passed over, the others are put back",
          null);
    }
  }

  /** Shows what becomes of letters. */
  private final class Rows implements PutBack.Report {
    private final Output output;
    private int passedOver;

    Rows(Output output) {
      this.output = output;
      output.columns(Column.text("ID", 8), Column.text("POSITION", 0));
    }

    @Override
    public void putBack(DeadLetter letter, Position position) {
      output.row(
          json -> {
            json.writeStringField("id", letter.id().toString());
            json.writeStringField("position", position.toString());
          },
          letter.id(),
          position);
    }

    @Override
    public void passedOver(DeadLetter letter, String why) {
      String told =
          "%s %s; 'dead-letters forget %s' passes it over".formatted(letter.id(), why, letter.id());
      if (chosen.isOne()) {
        throw new FailedException(ExitCode.FAILED, told, null);
      }
      passedOver++;
      if (passedOver <= MAX_NAMED) {
        terminal.err().println(Printable.of("countess: " + told));
      }
    }
  }

  static byte[] recordKey(String text) {
    byte[] recordKey = text.getBytes(StandardCharsets.UTF_8);
    return RecordKey.of(RecordKey.parse(recordKey));
  }
}
