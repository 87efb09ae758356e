package io.countess.cli.counters;

import io.countess.cli.console.AmountConverter;
import io.countess.cli.console.CounterParameters;
import io.countess.cli.console.ExitCode;
import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import io.countess.cli.console.WindowOption;
import io.countess.event.Amount;
import io.countess.event.Instants;
import io.countess.event.InvalidInputException;
import io.countess.event.Position;
import io.countess.event.WindowName;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the count of a counter. */
@Command(
    name = "count",
    description = "Show the count of a counter: the number alone, or with --output json all of it.",
    footer = {"", "With --peek it exits with 3 where the put would not be accepted."})
public final class CountCommand implements Callable<Integer> {
  @Mixin private final Session session;
  @Mixin private final CounterParameters counter = new CounterParameters();

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "Count at this instant: ISO-8601 as 2026-01-31T12:00:00Z, or milliseconds.")
  private String at;

  @Option(
      names = "--position",
      paramLabel = "P@O",
      description = "Include the event at this position, as an earlier put showed it.")
  private String position;

  @Option(
      names = {"-n", "--peek"},
      paramLabel = "N",
      converter = AmountConverter.class,
      description =
          "Show whether a put of N would be accepted, and when; nothing is changed. Fractions for"
              + " gauges only.")
  private Amount peek;

  @Mixin private final WindowOption window = new WindowOption();

  public CountCommand(Terminal terminal) {
    this.session = new Session(terminal);
  }

  @Override
  public Integer call() {
    var when =
        Optional.ofNullable(at).map(text -> Instant.ofEpochMilli(Instants.parseMillis("at", text)));
    var output = new CountOutput(session);
    try (var server = session.server()) {
      var counts = position == null ? server : server.including(Position.parse(position));
      if (window.name().isPresent()) {
        output.show(counts.windows().count(counter.name(), onlyWindow()));
        return ExitCode.OK;
      }
      if (peek != null) {
        return output.showPeek(counts.ask(counter.name(), peek, when));
      }
      output.show(counts.ask(counter.name(), when));
      return ExitCode.OK;
    }
  }

  private WindowName onlyWindow() {
    if (at != null || peek != null) {
      throw new InvalidInputException("window", "can't stand beside --at or --peek");
    }
    return window.name().get();
  }
}
