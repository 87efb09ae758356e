package io.countess.answer.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.countess.answer.Peek;
import io.countess.event.Amount;
import io.countess.event.CounterName;
import io.countess.event.codec.Json;
import io.countess.event.codec.LimitsJson;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What puts would lead to as JSON: the fields of the count, {@code n}, {@code wouldAccept}, {@code
 * reason}, {@code retryAfterMillis}, {@code refusedBy}.
 */
public final class PeekJson implements Fields<Peek> {
  private final CountJson count;
  private final Amount n;
  private boolean wouldAccept;
  private Optional<String> reason = Optional.empty();
  private OptionalLong retryAfterMillis = OptionalLong.empty();
  private OptionalInt refusedBy = OptionalInt.empty();

  /** Collects what a put of {@code n} would lead to, which is not read again. */
  public PeekJson(CounterName counter, Amount n) {
    this.count = new CountJson(counter);
    this.n = n;
  }

  /** Writes the fields into an object that has been opened. */
  public static void write(Peek peek, JsonGenerator out) throws IOException {
    CountJson.write(peek.count(), out);
    Json.writeAmount(out, "n", peek.n());
    out.writeBooleanField("wouldAccept", peek.wouldAccept());
    Json.writeIfPresent(out, "reason", peek.reason());
    Json.writeIfPresent(out, "retryAfterMillis", peek.retryAfterMillis());
    LimitsJson.writeRefusedBy(peek.refusedBy(), out);
  }

  @Override
  public void take(String field, JsonParser in) throws IOException {
    switch (field) {
      case "wouldAccept" -> wouldAccept = in.currentToken() == JsonToken.VALUE_TRUE;
      case "reason" -> reason = Optional.of(Json.text(field, in));
      case "retryAfterMillis" -> retryAfterMillis = Json.optionalNumber(field, in);
      case "refusedBy" -> refusedBy = LimitsJson.readRefusedBy(in);
      default -> count.take(field, in);
    }
  }

  @Override
  public Peek value() {
    return new Peek(count.value(), n, wouldAccept, reason, retryAfterMillis, refusedBy);
  }
}
