package io.countess.cli.counters;

import io.countess.cli.console.ExitCode;
import io.countess.cli.console.Output;
import io.countess.cli.console.Output.Column;
import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import io.countess.event.Decision;
import io.countess.event.Position;
import io.countess.event.codec.DecisionCodec;
import java.time.Duration;
import java.time.Instant;

/** Shows decisions, and says what they mean to a script. */
final class DecisionOutput {
  private final Terminal terminal;
  private final Output output;

  DecisionOutput(Session session) {
    this.terminal = session.terminal();
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
    output.row(
        json -> DecisionCodec.writeFields(decision, json),
        decision.outcome().wireName(),
        decision.count(),
        decision.limit(),
        decision.remaining(),
        decision.position().map(Position::toString).orElse("-"));
    return switch (decision.outcome()) {
      case ACCEPTED -> ExitCode.OK;
      case LATE -> tellLate(decision);
      case REFUSED -> tell(decision, ExitCode.REFUSED);
      case IMPOSSIBLE, CONFLICT, OUTDATED -> tell(decision, ExitCode.FAILED);
    };
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

  private int tellLate(Decision decision) {
    var message = new StringBuilder("countess: late: it counts nothing, since it had ended by ");
    message.append(Instant.ofEpochMilli(decision.atMillis()));
    terminal.err().println(message.append(", the latest instant that its counter has seen"));
    return ExitCode.OK;
  }

  private int tell(Decision decision, int exitCode) {
    var message = new StringBuilder("countess: ").append(decision.outcome().wireName());
    decision.reason().ifPresent(reason -> message.append(": ").append(reason));
    if (decision.retryAfterMillis().isPresent()) {
      var wait = Duration.ofMillis(decision.retryAfterMillis().getAsLong());
      message.append("; it fits again in ").append(wait.toMillis() / 1000.0).append(" s");
    }
    terminal.err().println(message);
    return exitCode;
  }
}
