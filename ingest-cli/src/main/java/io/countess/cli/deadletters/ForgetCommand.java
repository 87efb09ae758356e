package io.countess.cli.deadletters;

import io.countess.cli.console.Output.Column;
import io.countess.cli.console.OutputOptions;
import io.countess.cli.console.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Passes dead letters over. */
@Command(name = "forget", description = "Mark dead letters as dealt with, and leave it at that.")
final class ForgetCommand implements Callable<Integer> {
  @Mixin private final KafkaOptions kafka;
  @Mixin private final OutputOptions output;
  @Mixin private final LetterSelection chosen = new LetterSelection();

  ForgetCommand(Terminal terminal) {
    this.kafka = new KafkaOptions(terminal);
    this.output = new OutputOptions(terminal);
  }

  @Override
  public Integer call() {
    chosen.ids();
    return kafka.run(
        clients -> {
          try (var desk = Desk.open(clients)) {
            run(desk);
          }
        });
  }

  void run(Desk desk) {
    var rows = output.open();
    rows.columns(Column.text("ID", 0));
    chosen.forEachBatch(
        desk.letters(),
        true,
        batch -> {
          desk.deal(batch, List.of());
          for (DeadLetter letter : batch) {
            rows.row(json -> json.writeStringField("id", letter.id().toString()), letter.id());
          }
        });
  }
}
