package io.countess.cli.counters;

import io.countess.cli.console.CounterParameters;
import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import io.countess.client.Submission;
import io.countess.event.Event;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes back what is left of a put or a claim. */
@Command(
    name = "release",
    description = "Take back what is left of a put or a claim that had an id.",
    footer = {
      "",
      "Of an expiring put that is what has not ended, of a leaky one what has not "
          + "drained. A claim on several counters is released as a whole, at any of its "
          + "counters. Exits with 1 where the id is not remembered, or not any more."
    })
public final class ReleaseCommand implements Callable<Integer> {
  @Mixin private final Session session;
  @Mixin private final CounterParameters counter = new CounterParameters();

  @Parameters(index = "2", paramLabel = "ID", description = "The id of the put or claim.")
  private String of;

  @Option(
      names = {"-n", "--n"},
      paramLabel = "N",
      description = "How much of a put at most (default: all that is left).")
  private Long n;

  @Mixin private final IdOption id = new IdOption();

  public ReleaseCommand(Terminal terminal) {
    this.session = new Session(terminal);
  }

  @Override
  public Integer call() {
    var most = n == null ? OptionalLong.empty() : OptionalLong.of(n);
    // With an id the client can send it again where it is unknown what became of it.
    var own = id.given().or(() -> Optional.of(UUID.randomUUID().toString()));
    var submission = Submission.of(counter.name(), new Event.Release(of, most, own));
    try (var counts = session.server()) {
      return new PartsOutput(session).showRelease(counter.name(), counts.decide(submission));
    }
  }
}
