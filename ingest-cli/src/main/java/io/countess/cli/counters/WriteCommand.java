package io.countess.cli.counters;

import io.countess.cli.console.CounterParameters;
import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import io.countess.client.Submission;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes a counter of the kind value. */
@Command(
    name = "write",
    description = "Add to a counter of the kind value, set or delete it, or say when it ends.")
public final class WriteCommand implements Callable<Integer> {
  @Mixin private final Session session;
  @Mixin private final CounterParameters counter = new CounterParameters();
  @Mixin private final WriteOptions write = new WriteOptions();
  @Mixin private final IdOption id = new IdOption();

  /** The command, which asks the server that the terminal's user names. */
  public WriteCommand(Terminal terminal) {
    this.session = new Session(terminal);
  }

  @Override
  public Integer call() {
    var submission = Submission.of(counter.name(), write.event().withId(id.given()));
    try (var counts = session.server()) {
      return new DecisionOutput(session).show(counts.decide(submission));
    }
  }
}
