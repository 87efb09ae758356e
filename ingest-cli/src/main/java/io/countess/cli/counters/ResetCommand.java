package io.countess.cli.counters;

import io.countess.cli.console.CounterParameters;
import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import io.countess.client.Submission;
import io.countess.event.Event;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts a counter again. */
@Command(name = "reset", description = "Bring a counter back to its initial value.")
public final class ResetCommand implements Callable<Integer> {
  @Mixin private final Session session;
  @Mixin private final CounterParameters counter = new CounterParameters();
  @Mixin private final IdOption id = new IdOption();

  public ResetCommand(Terminal terminal) {
    this.session = new Session(terminal);
  }

  @Override
  public Integer call() {
    var submission = Submission.of(counter.name(), new Event.Reset(id.given()));
    try (var counts = session.server()) {
      return new DecisionOutput(session).show(counts.decide(submission));
    }
  }
}
