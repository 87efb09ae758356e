package io.countess.cli.deadletters;

import io.countess.cli.console.OutputOptions;
import io.countess.cli.console.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Passes dead letters over. */
@Command(
    name = "forget",
    description = "Mark a dead letter, and all before it in its partition, as dealt with.")
final class ForgetCommand implements Callable<Integer> {
  @Mixin private final KafkaOptions kafka;
  @Mixin private final OutputOptions output;

  @Parameters(paramLabel = "ID", description = "Which, as 'list' shows it.")
  private String id;

  ForgetCommand(Terminal terminal) {
    this.kafka = new KafkaOptions(terminal);
    this.output = new OutputOptions(terminal);
  }

  @Override
  public Integer call() {
    var letter = LetterId.parse(id);
    return kafka.run(
        clients -> {
          try (var letters = DeadLetters.open(clients)) {
            forget(letter, letters);
          }
        });
  }

  void forget(LetterId letter, DeadLetters letters) {
    letters.get(letter);
    long before = letters.dealtWith(letter.partition());
    if (letter.offset() >= before) {
      letters.dealWith(letter.partition(), letter.offset());
    }
    output
        .open()
        .line(
            json -> json.writeStringField("dealtWithUpTo", letter.toString()),
            "dealt with up to " + letter);
  }
}
