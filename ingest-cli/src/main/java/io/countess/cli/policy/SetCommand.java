package io.countess.cli.policy;

import io.countess.cli.console.NamespaceParameter;
import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Sets a policy. */
@Command(
    name = "set",
    description = "Set the policy of a namespace; in force everywhere once this has ended.",
    footer = {
      "",
      "Examples:",
      "  countess policy set failed-logins --ttl 5m --limit 10",
      "  countess policy set downloads --period day --zone Europe/Berlin --limit 1000",
      "  countess policy set failed-logins --ttl 5m --limit 20 --if-version 17",
      "  countess policy set api '{\"kind\":\"leaky\",\"rate\":\"10/s\",\"capacity\":20}'"
    })
final class SetCommand implements Callable<Integer> {
  @Mixin private final Session session;
  @Mixin private final NamespaceParameter namespace = new NamespaceParameter();
  @Mixin private final PolicyOptions options = new PolicyOptions();
  @Mixin private final VersionOption version = new VersionOption();

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "JSON",
      description = "The policy, instead of the options that describe it.")
  private String json;

  SetCommand(Terminal terminal) {
    this.session = new Session(terminal);
  }

  @Override
  public Integer call() {
    var name = namespace.name();
    var policy = options.policy(json);
    var expected = version.expected();
    try (var server = session.server()) {
      var decision =
          expected.isPresent()
              ? server.setPolicy(name, policy, options.onChange(), expected.getAsLong())
              : server.setPolicy(name, policy, options.onChange());
      return new PolicyOutput(session.output()).show(decision, policy);
    }
  }
}
