package io.countess.cli.listings;

import io.countess.cli.console.Output;
import io.countess.cli.console.Output.Column;
import io.countess.client.KeysPage.KeyCount;
import io.countess.event.codec.Names;
import java.util.List;

/** Shows keys with their counts. The key stands last, so that it may hold blanks. */
final class KeyRows {
  private final Output output;

  KeyRows(Output output) {
    this.output = output;
    output.columns(Column.number("COUNT"), Column.text("KEY", 0));
  }

  /** Shows a page; false where nobody reads it any more. */
  boolean show(List<KeyCount> keys) {
    for (KeyCount entry : keys) {
      output.row(
          json -> {
            Names.write("key", entry.key(), json);
            if (entry.gauge().isPresent()) {
              json.writeNumberField("count", entry.gauge().getAsDouble());
            } else {
              json.writeNumberField("count", entry.count());
            }
          },
          count(entry),
          entry.key());
    }
    return output.isRead();
  }

  private static String count(KeyCount entry) {
    return entry.gauge().isPresent()
        ? Double.toString(entry.gauge().getAsDouble())
        : Long.toString(entry.count());
  }
}
