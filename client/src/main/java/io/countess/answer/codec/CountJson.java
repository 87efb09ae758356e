package io.countess.answer.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.countess.answer.Count;
import io.countess.answer.CountedWindow;
import io.countess.event.Amount;
import io.countess.event.CounterName;
import io.countess.event.Decision.GaugeValue;
import io.countess.event.Held;
import io.countess.event.LimitCount;
import io.countess.event.codec.DecisionCodec;
import io.countess.event.codec.HeldJson;
import io.countess.event.codec.Json;
import io.countess.event.codec.LimitsJson;
import io.countess.event.codec.Names;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Counts as JSON: {@code namespace}, {@code key}, {@code count}, {@code at}, {@code exists}, {@code
 * limit}, {@code remaining}, {@code moreAfterMillis}, {@code freeAfterMillis}, under several limits
 * {@code limits}, and {@code window}, and {@code held} by a value. What a gauge counts is always
 * written with a fraction point.
 */
public final class CountJson implements Fields<Count> {
  private final CounterName counter;
  private Amount count = Amount.of(0);
  private Optional<Amount> limit = Optional.empty();
  private OptionalLong moreAfterMillis = OptionalLong.empty();
  private OptionalLong freeAfterMillis = OptionalLong.empty();
  private long atMillis;
  private boolean exists;
  private List<LimitCount> limits = List.of();
  private Optional<CountedWindow> window = Optional.empty();
  private Optional<Held> held = Optional.empty();

  /** Collects the count of {@code counter}, whose name is not read again. */
  public CountJson(CounterName counter) {
    this.counter = counter;
  }

  /** Writes the fields of a count into an object that has been opened. */
  public static void write(Count count, JsonGenerator out) throws IOException {
    Names.write("namespace", count.counter().namespace(), out);
    Names.write("key", count.counter().key(), out);
    if (count.gauge().isPresent()) {
      DecisionCodec.writeValue(count.gauge().get(), out);
    } else {
      out.writeNumberField("count", count.count());
    }
    out.writeNumberField("at", count.atMillis());
    out.writeBooleanField("exists", count.exists());
    Json.writeIfPresent(out, "limit", count.limit());
    Json.writeIfPresent(out, "remaining", count.remaining());
    Json.writeIfPresent(out, "moreAfterMillis", count.moreAfterMillis());
    Json.writeIfPresent(out, "freeAfterMillis", count.freeAfterMillis());
    if (!count.limits().isEmpty()) {
      LimitsJson.write(count.limits(), out);
    }
    CountedWindowJson.writeIfPresent(count.window(), out);
    if (count.held().isPresent()) {
      HeldJson.write("held", count.held(), out);
    }
  }

  @Override
  public void take(String field, JsonParser in) throws IOException {
    switch (field) {
      case "count" -> count = Json.amount(field, in);
      case "limit" -> limit = Optional.of(Json.amount(field, in));
      case "moreAfterMillis" -> moreAfterMillis = Json.optionalNumber(field, in);
      case "freeAfterMillis" -> freeAfterMillis = Json.optionalNumber(field, in);
      case "at" -> atMillis = Json.wholeNumber(field, in);
      case "exists" -> exists = in.currentToken() == JsonToken.VALUE_TRUE;
      case "limits" -> limits = LimitsJson.read(in);
      case "window" -> window = CountedWindowJson.read(in);
      case "held" -> held = HeldJson.read(field, in);
      default -> in.skipChildren();
    }
  }

  @Override
  public Count value() {
    boolean real = !count.isWhole();
    return new Count(
        counter,
        real ? 0 : count.whole(),
        real || limit.isEmpty()
            ? OptionalLong.empty()
            : OptionalLong.of(Json.whole("limit", limit.get())),
        moreAfterMillis,
        freeAfterMillis,
        atMillis,
        exists,
        real ? Optional.of(new GaugeValue(count.real(), realLimit())) : Optional.empty(),
        limits,
        window,
        held);
  }

  private OptionalDouble realLimit() {
    return limit.map(it -> OptionalDouble.of(it.real())).orElse(OptionalDouble.empty());
  }
}
