package io.countess.cli.listings;

import io.countess.answer.CounterPolicyPage.Entry;
import io.countess.answer.codec.CounterPolicyPageJson;
import io.countess.cli.console.Output;
import io.countess.cli.console.Output.Column;
import io.countess.event.codec.PolicyCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Shows counters with the policies or plans of their own. The key may hold blanks. */
final class PolicyRows {
  private final Output output;

  PolicyRows(Output output) {
    this.output = output;
    output.columns(Column.number("VERSION"), Column.text("KEY", 24), Column.text("POLICY", 0));
  }

  /** Shows a page; false where nobody reads it any more. */
  boolean show(List<Entry> policies) {
    for (Entry entry : policies) {
      output.row(
          json -> CounterPolicyPageJson.write(entry, json),
          entry.change().version(),
          entry.key(),
          policy(entry));
    }
    return output.isRead();
  }

  private static String policy(Entry entry) {
    return entry
        .change()
        .policy()
        .map(policy -> new String(PolicyCodec.encode(policy), StandardCharsets.UTF_8))
        .orElseGet(() -> "plan " + entry.change().plan().orElseThrow());
  }
}
