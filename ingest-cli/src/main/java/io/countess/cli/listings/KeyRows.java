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
            json.writeNumberField("count", entry.count());
          },
          entry.count(),
          entry.key());
    }
    return output.isRead();
  }
}
