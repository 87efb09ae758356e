package io.countess.cli.listings;

import io.countess.answer.KeyPage;
import io.countess.answer.codec.KeyPageJson;
import io.countess.cli.console.Output;
import io.countess.cli.console.Output.Column;
import java.util.List;

/** Shows keys with their counts. The key stands last, so that it may hold blanks. */
final class KeyRows {
  private final Output output;

  KeyRows(Output output) {
    this.output = output;
    output.columns(Column.number("COUNT"), Column.text("KEY", 0));
  }

  /** Shows a page; false where nobody reads it any more. */
  boolean show(List<KeyPage.Entry> keys) {
    for (KeyPage.Entry entry : keys) {
      output.row(json -> KeyPageJson.write(entry, json), count(entry), entry.key());
    }
    return output.isRead();
  }

  private static String count(KeyPage.Entry entry) {
    return entry.gauge().isPresent()
        ? Double.toString(entry.gauge().getAsDouble())
        : Long.toString(entry.count());
  }
}
