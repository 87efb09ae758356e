package io.countess.cluster.wire;

import io.countess.event.codec.Json;
import java.time.Duration;

/** What can become of questions and of commands alike, as JSON. */
final class Outcomes {
  private Outcomes() {}

  static Json.Writer invalid(String field, String rule) {
    return out -> {
      out.writeStringField("is", "invalid");
      out.writeStringField("field", field);
      out.writeStringField("rule", rule);
    };
  }

  static Json.Writer notNow(String is, String reason, Duration retryAfter) {
    return out -> {
      out.writeStringField("is", is);
      out.writeStringField("reason", reason);
      out.writeStringField("retryAfter", retryAfter.toString());
    };
  }

  static Json.Writer elsewhere(int partition, String owner) {
    return out -> {
      out.writeStringField("is", "elsewhere");
      out.writeNumberField("partition", partition);
      out.writeStringField("owner", owner);
    };
  }
}
