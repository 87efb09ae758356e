package io.countess.cli.policy;

import io.countess.cli.console.ExitCode;
import io.countess.cli.console.FailedException;
import io.countess.cli.console.Output;
import io.countess.client.PolicyInForce;
import io.countess.event.Decision;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Position;
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

  int show(PolicyInForce inForce) {
    output.line(
        json -> {
          json.writeFieldName("policy");
          PolicyCodec.write(inForce.policy(), json);
          if (inForce.version().isPresent()) {
            json.writeNumberField("version", inForce.version().getAsLong());
          }
        },
        text(inForce.policy()) + version(inForce.version()));
    return ExitCode.OK;
  }

  /** Shows that {@code now} is in force since {@code decision}. */
  int show(Decision decision, String now) {
    if (decision.outcome() != Outcome.ACCEPTED) {
      String reason = decision.reason().orElse("the policy stays as it was");
      int exitCode = decision.outcome() == Outcome.OUTDATED ? ExitCode.CONFLICT : ExitCode.FAILED;
      throw new FailedException(exitCode, decision.outcome().wireName() + ": " + reason, null);
    }
    String where = decision.position().map(Position::toString).orElse("-");
    output.line(json -> DecisionCodec.writeFields(decision, json), now + " since " + where);
    return ExitCode.OK;
  }

  private static String version(OptionalLong version) {
    return version.isPresent() ? " version " + version.getAsLong() : " (default)";
  }

  static String text(Policy policy) {
    return new String(PolicyCodec.encode(policy), StandardCharsets.UTF_8);
  }
}
