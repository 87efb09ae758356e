package io.countess.cli.policy;

import io.countess.cli.console.NamespaceParameter;
import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes a policy back. */
@Command(
    name = "reset",
    description = "Give a namespace the default policy back, and start all its counters again.")
final class ResetCommand implements Callable<Integer> {
  @Mixin private final Session session;
  @Mixin private final NamespaceParameter namespace = new NamespaceParameter();
  @Mixin private final VersionOption version = new VersionOption();

  ResetCommand(Terminal terminal) {
    this.session = new Session(terminal);
  }

  @Override
  public Integer call() {
    var expected = version.expected();
    try (var server = session.server()) {
      var decision =
          expected.isPresent()
              ? server.resetNamespace(namespace.name(), expected.getAsLong())
              : server.resetNamespace(namespace.name());
      return new PolicyOutput(session.output()).showReset(decision);
    }
  }
}
