package io.countess.cli.policy;

import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.cli.console.ExitCode;
import io.countess.cli.console.NamespaceParameter;
import io.countess.cli.console.Output.Column;
import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import io.countess.client.PolicyHistory.Change;
import io.countess.event.codec.PolicyCodec;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows how a policy changed. */
@Command(
    name = "history",
    description = "Show how the policy of a namespace changed, newest first; 20 changes are kept.")
final class HistoryCommand implements Callable<Integer> {
  @Mixin private final Session session;
  @Mixin private final NamespaceParameter namespace = new NamespaceParameter();

  HistoryCommand(Terminal terminal) {
    this.session = new Session(terminal);
  }

  @Override
  public Integer call() {
    var output = session.output();
    try (var server = session.server()) {
      var history = server.policyHistory(namespace.name());
      output.columns(
          Column.number("VERSION"),
          Column.text("AT", 24),
          Column.text("COUNTERS", 8),
          Column.text("POLICY", 0));
      for (Change change : history.changes()) {
        output.row(
            json -> write(change, json),
            change.version(),
            Instant.ofEpochMilli(change.atMillis()),
            onChange(change),
            change.policy().map(PolicyOutput::text).orElse("the default policy"));
      }
      return ExitCode.OK;
    }
  }

  private static String onChange(Change change) {
    return change.onChange().name().toLowerCase(Locale.ROOT);
  }

  private static void write(Change change, JsonGenerator json) throws IOException {
    json.writeNumberField("version", change.version());
    json.writeNumberField("at", change.atMillis());
    json.writeFieldName("policy");
    if (change.policy().isPresent()) {
      PolicyCodec.write(change.policy().get(), json);
    } else {
      json.writeNull();
    }
    json.writeStringField("onChange", onChange(change));
  }
}
