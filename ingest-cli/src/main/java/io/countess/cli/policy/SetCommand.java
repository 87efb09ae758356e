package io.countess.cli.policy;

import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import io.countess.client.CounterPolicies;
import io.countess.client.Counts;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.InvalidInputException;
import io.countess.event.Policy;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sets a policy. */
@Command(
    name = "set",
    description =
        "Set the policy of a namespace or of one counter; in force everywhere once this has ended.",
    footer = {
      "",
      "Examples:",
      "  countess policy set failed-logins --ttl 5m --limit 10",
      "  countess policy set downloads --period day --zone Europe/Berlin --limit 1000",
      "  countess policy set failed-logins --ttl 5m --limit 20 --if-version 17",
      "  countess policy set api '{\"kind\":\"leaky\",\"rate\":\"10/s\",\"capacity\":20}'",
      "  countess policy set api --limits 'rate=10/s capacity=10' \\",
      "    --limits 'period=day limit=1000'",
      "  countess policy set api alice --rate 100/s --capacity 200",
      "  countess policy set api bob --plan pro"
    })
final class SetCommand implements Callable<Integer> {
  @Mixin private final Session session;
  @Mixin private final SetTarget target = new SetTarget();
  @Mixin private final PolicyOptions options = new PolicyOptions();
  @Mixin private final VersionOption version = new VersionOption();

  @Option(
      names = "--plan",
      paramLabel = "NAME",
      description = "A plan of the namespace's policy, for a counter.")
  private String plan;

  SetCommand(Terminal terminal) {
    this.session = new Session(terminal);
  }

  @Override
  public Integer call() {
    Optional<CounterName> counter = target.counter();
    var expected = version.expected();
    if (plan != null) {
      requireOnlyPlan(counter);
      try (var server = session.server()) {
        Decision decision = assign(server.counterPolicies(), counter.orElseThrow(), expected);
        return new PolicyOutput(session.output()).show(decision, plan);
      }
    }
    try (var server = session.server()) {
      var policy = policy(server, counter);
      Decision decision =
          counter.isPresent()
              ? set(server.counterPolicies(), counter.get(), policy, expected)
              : set(server, policy, expected);
      return new PolicyOutput(session.output()).show(decision, policy);
    }
  }

  /** Of a counter whose kind is not told, it is of that of its namespace where it can be. */
  private Policy policy(Counts server, Optional<CounterName> counter) {
    return options.policy(
        target.json(), () -> counter.map(it -> server.policy(it.namespace()).policy().kind()));
  }

  private void requireOnlyPlan(Optional<CounterName> counter) {
    if (counter.isEmpty()) {
      throw new InvalidInputException(
          "plan", "is for a counter; name its key behind the namespace");
    }
    if (target.json() != null || !options.isEmpty()) {
      throw new InvalidInputException("plan", "and a policy are both given; give one of them");
    }
  }

  private Decision set(Counts server, Policy policy, OptionalLong expected) {
    return expected.isPresent()
        ? server.setPolicy(target.namespace(), policy, options.onChange(), expected.getAsLong())
        : server.setPolicy(target.namespace(), policy, options.onChange());
  }

  private Decision set(
      CounterPolicies policies, CounterName counter, Policy policy, OptionalLong expected) {
    return expected.isPresent()
        ? policies.set(counter, policy, options.onChange(), expected.getAsLong())
        : policies.set(counter, policy, options.onChange());
  }

  private Decision assign(CounterPolicies policies, CounterName counter, OptionalLong expected) {
    return expected.isPresent()
        ? policies.assign(counter, plan, options.onChange(), expected.getAsLong())
        : policies.assign(counter, plan, options.onChange());
  }
}
