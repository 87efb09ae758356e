package io.countess.client;

import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import io.countess.event.codec.Json;
import io.countess.event.codec.PolicyCodec;
import java.io.IOException;
import java.util.Optional;

/**
 * A policy that is to be in force from now on.
 *
 * @param policy empty for the default policy
 */
record PolicyChange(Optional<Policy> policy, OnChange onChange) {
  PolicyChange(Policy policy, OnChange onChange) {
    this(Optional.of(policy), onChange);
  }

  /** The command that sets it at {@code target}. */
  Command command(Target target) {
    return Command.of("PUT", target, Optional.of(Json.object(this::write)));
  }

  private void write(JsonGenerator out) throws IOException {
    out.writeFieldName("policy");
    if (policy.isPresent()) {
      PolicyCodec.write(policy.get(), out);
    } else {
      out.writeNull();
    }
    out.writeStringField("onChange", onChange == OnChange.RESET ? "reset" : "keep");
  }
}
