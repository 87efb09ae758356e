package io.countess.event.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.countess.event.Held;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a counter of the kind value holds: {@code {"value":5,"expiresAt":1767225600000}}, without
 * {@code expiresAt} where it stays, and an empty object where it holds nothing.
 */
public final class HeldJson {
  private BigDecimal value;
  private OptionalLong expiresAt = OptionalLong.empty();

  private HeldJson() {}

  /** Writes it as a field of an object that is open. */
  public static void write(String field, Optional<Held> held, JsonGenerator out)
      throws IOException {
    out.writeObjectFieldStart(field);
    if (held.isPresent()) {
      writeNumber("value", held.get().number(), out);
      Json.writeIfPresent(out, "expiresAt", held.get().endMillis());
    }
    out.writeEndObject();
  }

  /** Writes all digits of a number, without an exponent. */
  static void writeNumber(String field, BigDecimal number, JsonGenerator out) throws IOException {
    out.writeFieldName(field);
    out.writeNumber(number.toPlainString());
  }

  /** Reads what the parser stands at. */
  public static Optional<Held> read(String field, JsonParser in) throws IOException {
    var fields = new HeldJson();
    Json.readFields(field, in, fields::take);
    return Optional.ofNullable(fields.value).map(number -> new Held(number, fields.expiresAt));
  }

  private void take(String field, JsonParser in) throws IOException {
    switch (field) {
      case "value" -> value = Json.decimal(field, in);
      case "expiresAt" -> expiresAt = Json.optionalNumber(field, in);
      default -> in.skipChildren();
    }
  }
}
