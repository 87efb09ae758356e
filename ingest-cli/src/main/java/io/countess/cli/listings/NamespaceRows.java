package io.countess.cli.listings;

import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.answer.NamespaceView;
import io.countess.answer.codec.TotalsJson;
import io.countess.answer.codec.VersionedPolicyJson;
import io.countess.cli.console.Output;
import io.countess.cli.console.Output.Column;
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
  boolean show(List<NamespaceView> namespaces) {
    for (NamespaceView namespace : namespaces) {
      var totals = namespace.totals();
      output.row(
          json -> write(namespace, json),
          totals.saturated() ? "~" + totals.count() : totals.count(),
          totals.approximate() ? "<=" + totals.keys() : totals.keys(),
          namespace.namespace(),
          policy(namespace));
    }
    return output.isRead();
  }

  private static String policy(NamespaceView namespace) {
    var policy = namespace.policy();
    String json = new String(PolicyCodec.encode(policy.policy()), StandardCharsets.UTF_8);
    return policy.version().isPresent() ? json : json + " (default)";
  }

  private static void write(NamespaceView namespace, JsonGenerator json) throws IOException {
    Names.write("namespace", namespace.namespace(), json);
    TotalsJson.write(namespace.totals(), json);
    VersionedPolicyJson.write(namespace.policy(), json);
    json.writeNumberField("at", namespace.atMillis());
  }
}
