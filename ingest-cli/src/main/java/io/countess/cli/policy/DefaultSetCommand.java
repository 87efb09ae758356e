package io.countess.cli.policy;

import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Sets the default policy. */
@Command(name = "set", description = "Set the default policy.")
final class DefaultSetCommand implements Callable<Integer> {
  @Mixin private final Session session;
  @Mixin private final PolicyOptions options = new PolicyOptions();
  @Mixin private final VersionOption version = new VersionOption();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "JSON",
      description = "The policy, instead of the options that describe it.")
  private String json;

  DefaultSetCommand(Terminal terminal) {
    this.session = new Session(terminal);
  }

  @Override
  public Integer call() {
    var policy = options.policy(json);
    var expected = version.expected();
    try (var server = session.server()) {
      var decision =
          expected.isPresent()
              ? server.setDefaultPolicy(policy, options.onChange(), expected.getAsLong())
              : server.setDefaultPolicy(policy, options.onChange());
      return new PolicyOutput(session.output()).show(decision, policy);
    }
  }
}
