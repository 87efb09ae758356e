package io.countess.cli.policy;

import io.countess.cli.console.CounterOrNamespace;
import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows how a policy changed. */
@Command(
    name = "history",
    description =
        "Show how the policy of a namespace or a counter changed, newest first; 20 changes are kept.")
final class HistoryCommand implements Callable<Integer> {
  @Mixin private final Session session;
  @Mixin private final CounterOrNamespace name = new CounterOrNamespace();

  HistoryCommand(Terminal terminal) {
    this.session = new Session(terminal);
  }

  @Override
  public Integer call() {
    try (var server = session.server()) {
      var history =
          name.counter().isPresent()
              ? server.counterPolicies().history(name.counter().get())
              : server.policyHistory(name.namespace());
      return new HistoryOutput(session.output()).show(history);
    }
  }
}
