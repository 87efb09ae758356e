package io.countess.cli.policy;

import io.countess.cli.console.CounterOrNamespace;
import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows a policy. */
@Command(name = "get", description = "Show the policy that a namespace or a counter counts by.")
final class GetCommand implements Callable<Integer> {
  @Mixin private final Session session;
  @Mixin private final CounterOrNamespace name = new CounterOrNamespace();

  GetCommand(Terminal terminal) {
    this.session = new Session(terminal);
  }

  @Override
  public Integer call() {
    try (var server = session.server()) {
      var output = new PolicyOutput(session.output());
      return name.counter().isPresent()
          ? output.show(server.counterPolicies().of(name.counter().get()))
          : output.show(server.namespace(name.namespace()).policy());
    }
  }
}
