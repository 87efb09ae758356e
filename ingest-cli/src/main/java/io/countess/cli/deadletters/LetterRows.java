package io.countess.cli.deadletters;

import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.cli.console.Output;
import io.countess.cli.console.Output.Column;
import io.countess.event.ByteString;
import io.countess.event.codec.Names;
import java.io.IOException;
import java.time.Instant;

/** Shows dead letters. */
final class LetterRows {
  private static final int MAX_SHOWN = 80;

  private final Output output;

  LetterRows(Output output) {
    this.output = output;
    output.columns(
        Column.text("ID", 8),
        Column.text("TIME", 24),
        Column.text("POSITION", 10),
        Column.text("KEY", 24),
        Column.text("REASON", 48),
        Column.text("VALUE", 0));
  }

  /** Shows a letter; false where nobody reads it any more. */
  boolean show(DeadLetter letter) {
    output.row(
        json -> write(letter, json),
        letter.id(),
        Instant.ofEpochMilli(letter.atMillis()),
        letter.position(),
        shown(letter.key()),
        letter.reason(),
        shown(letter.value()));
    return output.isRead();
  }

  private static String shown(byte[] bytes) {
    if (bytes == null) {
      return "-";
    }
    String text = ByteString.of(bytes).toString();
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }

  private static void write(DeadLetter letter, JsonGenerator json) throws IOException {
    json.writeStringField("id", letter.id().toString());
    json.writeNumberField("at", letter.atMillis());
    json.writeStringField("position", letter.position());
    json.writeStringField("reason", letter.reason());
    writeIfThere("key", letter.key(), json);
    writeIfThere("value", letter.value(), json);
  }

  private static void writeIfThere(String field, byte[] bytes, JsonGenerator json)
      throws IOException {
    if (bytes != null) {
      Names.write(field, ByteString.of(bytes), json);
    }
  }
}
