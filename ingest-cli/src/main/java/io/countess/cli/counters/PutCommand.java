package io.countess.cli.counters;

import io.countess.cli.console.AmountConverter;
import io.countess.cli.console.CounterParameters;
import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import io.countess.client.Submission;
import io.countess.event.Amount;
import io.countess.event.Durations;
import io.countess.event.Event;
import io.countess.event.codec.PolicyCodec;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Adds to a counter. */
@Command(
    name = "put",
    description = "Add to a counter, and show what that led to.",
    footer = {
      "",
      "Exits with 3 where a limit refused it, and with 5 where the id was used for "
          + "something else: nothing was changed then."
    })
public final class PutCommand implements Callable<Integer> {
  @Mixin private final Session session;
  @Mixin private final CounterParameters counter = new CounterParameters();

  @Option(
      names = {"-n", "--n"},
      paramLabel = "N",
      defaultValue = "1",
      converter = AmountConverter.class,
      description = "How much to add; fractions to gauges only (default: ${DEFAULT-VALUE}).")
  private Amount n;

  @Mixin private final IdOption id = new IdOption();

  @Option(names = "--ttl", paramLabel = "DURATION", description = "How long this put counts.")
  private String ttl;

  @Option(
      names = "--policy",
      paramLabel = "JSON",
      description = "The policy that the counter has from this put on, which is decided by it.")
  private String policy;

  @Mixin private final SendingOptions sending = new SendingOptions();

  public PutCommand(Terminal terminal) {
    this.session = new Session(terminal);
  }

  @Override
  public Integer call() {
    var submission = submission();
    var shown = new DecisionOutput(session);
    try (var counts = session.server()) {
      return sending.isLogOnly()
          ? shown.show(counts.log(submission))
          : shown.show(counts.decide(submission));
    }
  }

  private Submission submission() {
    var ownTtl = Optional.ofNullable(ttl).map(text -> Durations.parse("ttl", text));
    var own =
        Optional.ofNullable(policy)
            .map(json -> PolicyCodec.decode(json.getBytes(StandardCharsets.UTF_8)));
    var put = new Event.Put(n, ownTtl, id.given(), own);
    return new Submission(counter.name(), put, sending.at());
  }
}
