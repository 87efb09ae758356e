package io.countess.cluster.wire;

import io.countess.answer.Denial;
import io.countess.event.codec.Json;
import io.countess.event.codec.Names;
import java.time.Duration;
import java.util.List;

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

  /** With the patterns in one text, as everything here. */
  static Json.Writer forbidden(Denial denial) {
    return out -> {
      out.writeStringField("is", "forbidden");
      out.writeStringField("caller", denial.caller());
      out.writeStringField("scope", denial.scope());
      if (!denial.patterns().isEmpty()) {
        out.writeStringField("patterns", String.join(",", denial.patterns()));
      }
      if (denial.namespace().isPresent()) {
        Names.write("namespace", denial.namespace().get(), out);
      }
    };
  }

  /** What {@link #forbidden} wrote. */
  static Denial denial(Scalars given) {
    return new Denial(
        given.text("caller"),
        given.text("scope"),
        given.find("patterns").map(text -> List.of(text.split(","))).orElse(List.of()),
        given.findName("namespace"));
  }
}
