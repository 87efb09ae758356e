package io.countess.cli.policy;

import io.countess.answer.CounterPolicy;
import io.countess.answer.VersionedPolicy;
import io.countess.answer.codec.CounterPolicyJson;
import io.countess.answer.codec.VersionedPolicyJson;
import io.countess.cli.console.ExitCode;
import io.countess.cli.console.FailedException;
import io.countess.cli.console.Output;
import io.countess.event.Decision;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.codec.DecisionCodec;
import io.countess.event.codec.PolicyCodec;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** Shows policies with their versions, and what became of a change. */
final class PolicyOutput {
  private final Output output;

  PolicyOutput(Output output) {
    this.output = output;
  }

  int show(VersionedPolicy inForce) {
    output.line(
        json -> VersionedPolicyJson.write(inForce, json),
        text(inForce.policy()) + version(inForce.version()));
    return ExitCode.OK;
  }

  /** Shows what a counter counts by, and why. */
  int show(CounterPolicy inForce) {
    var policy = inForce.policy();
    String whose = policy.version().isEmpty() ? " (the namespace's)" : version(policy.version());
    String plan = inForce.plan().map(name -> " plan " + name).orElse("");
    output.line(
        json -> CounterPolicyJson.write(inForce, json), text(policy.policy()) + plan + whose);
    return ExitCode.OK;
  }

  /** Shows that a counter has a plan by {@code decision}. */
  int show(Decision decision, String plan) {
    return show(decision, "plan " + plan, version(decision));
  }

  /** Shows that a counter has nothing of its own any more by {@code decision}. */
  int showDropped(Decision decision) {
    return show(decision, "the policy of the namespace", OptionalLong.empty());
  }

  /** Shows that {@code policy} is in force by {@code decision}. */
  int show(Decision decision, Policy policy) {
    return show(decision, text(policy), version(decision));
  }

  /** Shows that there is no policy any more by {@code decision}. */
  int showReset(Decision decision) {
    return show(decision, "the default policy", OptionalLong.empty());
  }

  private int show(Decision decision, String now, OptionalLong version) {
    if (decision.outcome() != Outcome.ACCEPTED) {
      String reason = decision.reason().orElse("the policy stays as it was");
      int exitCode = decision.outcome() == Outcome.OUTDATED ? ExitCode.CONFLICT : ExitCode.FAILED;
      throw new FailedException(exitCode, decision.outcome().wireName() + ": " + reason, null);
    }
    output.line(
        json -> {
          DecisionCodec.writeFields(decision, json);
          if (version.isPresent()) {
            json.writeNumberField("version", version.getAsLong());
          }
        },
        version.isPresent() ? now + version(version) : now);
    return ExitCode.OK;
  }

  /** A change's version is where it stands in its home partition. */
  private static OptionalLong version(Decision decision) {
    return decision.position().stream()
        .flatMap(position -> position.offsets().values().stream())
        .mapToLong(Long::longValue)
        .findFirst();
  }

  private static String version(OptionalLong version) {
    return version.isPresent() ? " version " + version.getAsLong() : " (default)";
  }

  static String text(Policy policy) {
    return new String(PolicyCodec.encode(policy), StandardCharsets.UTF_8);
  }
}
