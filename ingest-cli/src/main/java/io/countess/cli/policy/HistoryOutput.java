package io.countess.cli.policy;

import io.countess.answer.PolicyHistory;
import io.countess.answer.PolicyHistory.Change;
import io.countess.answer.codec.PolicyHistoryJson;
import io.countess.cli.console.ExitCode;
import io.countess.cli.console.Output;
import io.countess.cli.console.Output.Column;
import java.time.Instant;
import java.util.Locale;

/** Shows how policies changed: a row for each change. */
final class HistoryOutput {
  private final Output output;

  HistoryOutput(Output output) {
    this.output = output;
  }

  int show(PolicyHistory history) {
    output.columns(
        Column.number("VERSION"),
        Column.text("AT", 24),
        Column.text("COUNTERS", 8),
        Column.text("POLICY", 0));
    for (Change change : history.changes()) {
      output.row(
          json -> PolicyHistoryJson.write(change, json),
          change.version(),
          Instant.ofEpochMilli(change.atMillis()),
          onChange(change),
          text(history, change));
    }
    return ExitCode.OK;
  }

  private static String text(PolicyHistory history, Change change) {
    String dropped =
        history.key().isPresent() ? "the policy of the namespace" : "the default policy";
    return change
        .policy()
        .map(PolicyOutput::text)
        .or(() -> change.plan().map(plan -> "plan " + plan))
        .orElse(dropped);
  }

  private static String onChange(Change change) {
    return change.onChange().name().toLowerCase(Locale.ROOT);
  }
}
