package io.countess.answer.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.countess.answer.Totals;
import io.countess.event.codec.Json;
import java.io.IOException;

/**
 * Totals as JSON: {@code count}, {@code keys}, {@code approximate} where {@code keys} is an upper
 * bound, and {@code saturated} where the sum has more than 64 bits.
 */
public final class TotalsJson implements Fields<Totals> {
  private long count;
  private long keys;
  private boolean approximate;
  private boolean saturated;

  /** Writes the fields of totals into an object that has been opened. */
  public static void write(Totals totals, JsonGenerator out) throws IOException {
    out.writeNumberField("count", totals.count());
    out.writeNumberField("keys", totals.keys());
    Json.writeIfTrue(out, "approximate", totals.approximate());
    Json.writeIfTrue(out, "saturated", totals.saturated());
  }

  @Override
  public void take(String field, JsonParser in) throws IOException {
    switch (field) {
      case "count" -> count = Json.wholeNumber(field, in);
      case "keys" -> keys = Json.wholeNumber(field, in);
      case "approximate" -> approximate = in.currentToken() == JsonToken.VALUE_TRUE;
      case "saturated" -> saturated = in.currentToken() == JsonToken.VALUE_TRUE;
      default -> in.skipChildren();
    }
  }

  @Override
  public Totals value() {
    return new Totals(count, keys, approximate, saturated);
  }
}
