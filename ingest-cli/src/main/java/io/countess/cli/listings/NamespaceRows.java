package io.countess.cli.listings;

import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.cli.console.Output;
import io.countess.cli.console.Output.Column;
import io.countess.client.Namespace;
import io.countess.event.codec.Names;
import io.countess.event.codec.PolicyCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Shows namespaces with their totals and policies. */
final class NamespaceRows {
  private final Output output;

  NamespaceRows(Output output) {
    this.output = output;
    output.columns(
        Column.number("COUNT"),
        Column.number("KEYS"),
        Column.text("NAMESPACE", 24),
        Column.text("POLICY", 0));
  }

  /** Shows a page; false where nobody reads it any more. */
  boolean show(List<Namespace> namespaces) {
    for (Namespace namespace : namespaces) {
      var totals = namespace.totals();
      output.row(
          json -> write(namespace, json),
          totals.saturated() ? "~" + totals.count() : totals.count(),
          totals.approximate() ? "<=" + totals.keys() : totals.keys(),
          namespace.name(),
          policy(namespace));
    }
    return output.isRead();
  }

  private static String policy(Namespace namespace) {
    var policy = namespace.policy();
    String json = new String(PolicyCodec.encode(policy.policy()), StandardCharsets.UTF_8);
    return policy.version().isPresent() ? json : json + " (default)";
  }

  private static void write(Namespace namespace, JsonGenerator json) throws IOException {
    Names.write("namespace", namespace.name(), json);
    json.writeNumberField("count", namespace.totals().count());
    json.writeNumberField("keys", namespace.totals().keys());
    if (namespace.totals().approximate()) {
      json.writeBooleanField("approximate", true);
    }
    if (namespace.totals().saturated()) {
      json.writeBooleanField("saturated", true);
    }
    json.writeFieldName("policy");
    PolicyCodec.write(namespace.policy().policy(), json);
    if (namespace.policy().version().isPresent()) {
      json.writeNumberField("version", namespace.policy().version().getAsLong());
    }
    json.writeNumberField("at", namespace.atMillis());
  }
}
