package io.countess.door.tenants;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * What is known of a counter besides its number.
 *
 * @param maxDelta the most that one increment may add
 */
record Counter(String label, long maxDelta, long createdMillis) implements Description {
  private static final long USUAL_DELTA = 50;

  /** The greatest number that one may be given. */
  static final long MOST = Long.MAX_VALUE - 1;

  @Override
  public void write(JsonGenerator out) throws IOException {
    out.writeStringField("label", label);
    out.writeNumberField("max_delta", maxDelta);
    out.writeNumberField("created", createdMillis);
  }

  static Counter read(JsonBody body) {
    return new Counter(
        body.text("label").orElse(""),
        body.whole("max_delta").orElse(USUAL_DELTA),
        body.whole("created").orElse(0));
  }

  /** A counter as a request wants it. */
  static Counter wanted(JsonBody body, long nowMillis) {
    String label = Label.optional(body.text("label").orElse(""));
    value(body.whole("initial_value").orElse(0));
    long delta = body.whole("max_delta").orElse(0);
    if (delta < 0) {
      throw ApiException.parameter("max_delta must be at least 1");
    }
    return new Counter(label, delta == 0 ? USUAL_DELTA : delta, nowMillis);
  }

  /** A number that a request gives a counter. */
  static long value(long given) {
    if (given > MOST) {
      throw ApiException.parameter("counter value would cause overflow");
    }
    return given;
  }

  /** Its fields, with what it counts. */
  void write(JsonGenerator out, String tenant, String id, Standing standing) throws IOException {
    out.writeStringField("counter_id", id);
    out.writeStringField("tenant_id", tenant);
    out.writeStringField("label", label);
    out.writeNumberField("value", standing.value());
    out.writeNumberField("max_delta", maxDelta);
    out.writeStringField("created_at", GoTime.format(createdMillis));
    out.writeStringField("updated_at", GoTime.format(standing.updatedMillis()));
  }

  /** What a counter counts, and since when. */
  record Standing(long value, long updatedMillis) {}
}
