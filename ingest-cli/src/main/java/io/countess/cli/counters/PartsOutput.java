package io.countess.cli.counters;

import io.countess.cli.console.ExitCode;
import io.countess.cli.console.Output;
import io.countess.cli.console.Output.Column;
import io.countess.cli.console.Printable;
import io.countess.cli.console.Session;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Outcome;
import io.countess.event.Position;
import io.countess.event.codec.DecisionCodec;
import io.countess.event.codec.Json;
import java.util.List;
import java.util.OptionalDouble;

/** Shows what claims and their releases led to: a line for each counter, or all in one object. */
final class PartsOutput {
  private static final String[] NOTHING = {"-", "-", "-"};
  private static final String LINE = "%-10s  %12s  %12s  %12s  ";

  private final DecisionMessages messages;
  private final Output output;

  PartsOutput(Session session) {
    this.messages = new DecisionMessages(session.terminal());
    this.output = session.output();
  }

  /** Shows what the claim {@code id} led to, and gives the exit code. */
  int showClaim(String id, CounterName first, Decision decision) {
    columns(Column.text("ID", 36));
    Json.Writer json =
        out -> {
          out.writeStringField("id", id);
          DecisionCodec.writeFields(decision, out);
        };
    var lines =
        parts(first, decision).stream()
            .map(part -> line(decision, part, "%-36s".formatted(id)))
            .toList();
    output.line(json, String.join(System.lineSeparator(), lines));
    return messages.onClaim(decision);
  }

  /** Shows where the claim {@code id} stands in the log. */
  int showLogged(String id, Position position) {
    output.line(
        json -> {
          json.writeStringField("id", id);
          json.writeStringField("outcome", "logged");
          json.writeStringField("position", position.toString());
        },
        position + "  " + Printable.of(id));
    return ExitCode.OK;
  }

  /** Shows what a release led to, and gives the exit code. */
  int showRelease(CounterName first, Decision decision) {
    columns(Column.number("RELEASED"));
    var lines =
        parts(first, decision).stream()
            .map(part -> line(decision, part, "%12s".formatted(released(part.decision()))))
            .toList();
    output.line(
        json -> DecisionCodec.writeFields(decision, json),
        String.join(System.lineSeparator(), lines));
    return messages.on(decision);
  }

  private void columns(Column own) {
    output.columns(
        Column.text("OUTCOME", 10),
        Column.number("COUNT"),
        Column.number("LIMIT"),
        Column.number("REMAINING"),
        own,
        Column.text("COUNTER", 0));
  }

  private static List<Decision.Part> parts(CounterName first, Decision decision) {
    List<Decision.Part> parts = decision.details().parts();
    return parts.isEmpty() ? List.of(new Decision.Part(first, decision)) : parts;
  }

  /** Where it was refused, only the counters that refused it have something to say. */
  private static String line(Decision whole, Decision.Part part, String own) {
    boolean untouched =
        whole.outcome() != Outcome.ACCEPTED && part.decision().outcome() == Outcome.ACCEPTED;
    String[] cells = untouched ? NOTHING : DecisionMessages.cells(part.decision());
    var outcome = whole.outcome() == Outcome.ACCEPTED ? whole : part.decision();
    String word = untouched ? "-" : DecisionMessages.word(outcome);
    return LINE.formatted(word, cells[0], cells[1], cells[2])
        + own
        + "  "
        + ClaimText.show(part.counter());
  }

  private static String released(Decision decision) {
    return DecisionMessages.number(decision.details().released(), OptionalDouble.empty());
  }
}
