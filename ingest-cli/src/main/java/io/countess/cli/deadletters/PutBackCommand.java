package io.countess.cli.deadletters;

import io.countess.cli.console.ExitCode;
import io.countess.cli.console.FailedException;
import io.countess.cli.console.Output;
import io.countess.cli.console.Output.Column;
import io.countess.cli.console.OutputOptions;
import io.countess.cli.console.Terminal;
import io.countess.event.InvalidInputException;
import io.countess.event.RecordKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts dead letters back. */
@Command(
    name = "put-back",
    description = "Append dead letters to the log again, as they were.",
    footer = {
      "",
      "They keep their time. --all takes those that nobody has dealt with, and marks each one;",
      "where this is interrupted, the letter that was under way may be put back a second time.",
      "A letter that is put back and can't be counted again is a new dead letter."
    })
final class PutBackCommand implements Callable<Integer> {
  @Mixin private final KafkaOptions kafka;
  @Mixin private final OutputOptions output;

  @Parameters(paramLabel = "ID", arity = "0..*", description = "Which, as 'list' shows them.")
  private List<String> ids = List.of();

  @Option(names = "--all", description = "All that nobody has dealt with yet.")
  private boolean all;

  @Option(names = "--key", paramLabel = "NS/KEY", description = "Another record key, for one ID.")
  private String key;

  @Option(names = "--now", description = "Give those too old for the log the present time.")
  private boolean now;

  @Option(names = "--again", description = "Also an ID that was dealt with already.")
  private boolean again;

  PutBackCommand(Terminal terminal) {
    this.kafka = new KafkaOptions(terminal);
    this.output = new OutputOptions(terminal);
  }

  @Override
  public Integer call() {
    requireOneWay();
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
    if (all) {
      letters.seekToNew();
      letters.read(
          letter -> {
            show(letter, log, rows);
            letters.dealWith(letter.partition(), letter.offset());
            return true;
          });
    }
    ids.stream().map(LetterId::parse).forEach(id -> putOne(id, letters, log, rows));
  }

  private void putOne(LetterId id, DeadLetters letters, PutBack log, Output rows) {
    long dealtWith = letters.dealtWith(id.partition());
    if (id.offset() < dealtWith && !again) {
      throw new FailedException(
          ExitCode.FAILED, id + " was dealt with already; --again puts it back once more", null);
    }
    show(letters.get(id), log, rows);
    if (id.offset() == dealtWith) {
      letters.dealWith(id.partition(), id.offset());
    }
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

  private void requireOneWay() {
    if (all != ids.isEmpty()) {
      throw new InvalidInputException("ID", "must be given, or --all instead");
    }
    if (key != null && ids.size() != 1) {
      throw new InvalidInputException("key", "is for exactly one ID");
    }
  }

  static byte[] recordKey(String text) {
    byte[] recordKey = text.getBytes(StandardCharsets.UTF_8);
    return RecordKey.of(RecordKey.parse(recordKey));
  }
}
