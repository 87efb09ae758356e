package io.countess.cli.counters;

import io.countess.cli.console.ExitCode;
import io.countess.cli.console.Output;
import io.countess.cli.console.Output.Column;
import io.countess.cli.console.Session;
import io.countess.event.Decision;
import io.countess.event.Position;
import io.countess.event.codec.DecisionCodec;

/** Shows decisions on one counter. */
final class DecisionOutput {
  private final DecisionMessages messages;
  private final Output output;

  DecisionOutput(Session session) {
    this.messages = new DecisionMessages(session.terminal());
    this.output = session.output();
  }

  /** Shows {@code decision}, and gives the exit code. */
  int show(Decision decision) {
    output.columns(
        Column.text("OUTCOME", 10),
        Column.number("COUNT"),
        Column.number("LIMIT"),
        Column.number("REMAINING"),
        Column.text("POSITION", 0));
    String[] cells = DecisionMessages.cells(decision);
    output.row(
        json -> DecisionCodec.writeFields(decision, json),
        DecisionMessages.word(decision),
        cells[0],
        cells[1],
        cells[2],
        decision.position().map(Position::toString).orElse("-"));
    return messages.on(decision);
  }

  /** Shows where a record stands in the log. */
  int show(Position position) {
    output.line(
        json -> {
          json.writeStringField("outcome", "logged");
          json.writeStringField("position", position.toString());
        },
        position);
    return ExitCode.OK;
  }
}
