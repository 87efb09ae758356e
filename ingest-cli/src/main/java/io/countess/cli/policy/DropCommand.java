package io.countess.cli.policy;

import io.countess.cli.console.CounterOrNamespace;
import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import io.countess.client.Counts;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.OnChange;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes a policy away. */
@Command(
    name = "drop",
    description =
        "Let a namespace count by the default policy again, or a counter by that of its namespace.")
final class DropCommand implements Callable<Integer> {
  @Mixin private final Session session;
  @Mixin private final CounterOrNamespace name = new CounterOrNamespace();
  @Mixin private final VersionOption version = new VersionOption();

  @Option(
      names = "--on-change",
      paramLabel = "keep|reset",
      defaultValue = "keep",
      description = "What becomes of a counter's count (default: ${DEFAULT-VALUE}).")
  private OnChange onChange;

  DropCommand(Terminal terminal) {
    this.session = new Session(terminal);
  }

  @Override
  public Integer call() {
    var expected = version.expected();
    try (var server = session.server()) {
      var output = new PolicyOutput(session.output());
      return name.counter().isPresent()
          ? output.showDropped(drop(server, name.counter().get(), expected))
          : output.showReset(drop(server, expected));
    }
  }

  private Decision drop(Counts server, CounterName counter, OptionalLong expected) {
    var policies = server.counterPolicies();
    return expected.isPresent()
        ? policies.drop(counter, onChange, expected.getAsLong())
        : policies.drop(counter, onChange);
  }

  private Decision drop(Counts server, OptionalLong expected) {
    if (onChange == OnChange.RESET) {
      return expected.isPresent()
          ? server.resetNamespace(name.namespace(), expected.getAsLong())
          : server.resetNamespace(name.namespace());
    }
    return expected.isPresent()
        ? server.dropPolicy(name.namespace(), expected.getAsLong())
        : server.dropPolicy(name.namespace());
  }
}
