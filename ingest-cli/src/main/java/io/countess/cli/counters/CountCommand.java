package io.countess.cli.counters;

import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.cli.console.CounterParameters;
import io.countess.cli.console.ExitCode;
import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import io.countess.client.Counted;
import io.countess.client.Counts;
import io.countess.event.Instants;
import io.countess.event.Position;
import io.countess.event.codec.Names;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the count of a counter. */
@Command(
    name = "count",
    description = "Show the count of a counter: the number alone, or with --output json all of it.")
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

  /** A command on {@code terminal}. */
  public CountCommand(Terminal terminal) {
    this.session = new Session(terminal);
  }

  @Override
  public Integer call() {
    try (var counts = session.server()) {
      var counted = ask(position == null ? counts : counts.including(Position.parse(position)));
      session.output().line(json -> write(counted, json), counted.count());
      return ExitCode.OK;
    }
  }

  private Counted ask(Counts counts) {
    return at == null
        ? counts.count(counter.name())
        : counts.count(counter.name(), Instant.ofEpochMilli(Instants.parseMillis("at", at)));
  }

  private static void write(Counted counted, JsonGenerator json) throws IOException {
    Names.write("namespace", counted.counter().namespace(), json);
    Names.write("key", counted.counter().key(), json);
    json.writeNumberField("count", counted.count());
    json.writeNumberField("at", counted.atMillis());
    if (counted.limit().isPresent()) {
      json.writeNumberField("limit", counted.limit().getAsLong());
      json.writeNumberField("remaining", counted.remaining().getAsLong());
    }
  }
}
