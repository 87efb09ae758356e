package io.countess.cli.counters;

import io.countess.cli.console.AmountConverter;
import io.countess.cli.console.CounterParameters;
import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import io.countess.client.Submission;
import io.countess.event.Amount;
import io.countess.event.Event;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a total or a gauge a value. */
@Command(name = "set", description = "Give a counter of the kind total or gauge a value.")
public final class SetCommand implements Callable<Integer> {
  @Mixin private final Session session;
  @Mixin private final CounterParameters counter = new CounterParameters();

  @Parameters(
      index = "2",
      paramLabel = "VALUE",
      converter = AmountConverter.class,
      description = "A whole number; for a gauge also one with a fraction.")
  private Amount value;

  @Option(names = "--if-absent", description = "Only where the counter does not exist yet.")
  private boolean ifAbsent;

  @Mixin private final IdOption id = new IdOption();

  public SetCommand(Terminal terminal) {
    this.session = new Session(terminal);
  }

  @Override
  public Integer call() {
    var submission = Submission.of(counter.name(), new Event.SetValue(value, ifAbsent, id.given()));
    try (var counts = session.server()) {
      return new DecisionOutput(session).show(counts.decide(submission));
    }
  }
}
