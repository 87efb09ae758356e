package io.countess.event.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.countess.event.ByteString;
import io.countess.event.Durations;
import io.countess.event.Event.Claim;
import io.countess.event.InvalidInputException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The counters of a claim: {@code [{"namespace":"a","key":"{t}x","n":2,"ttl":"30s"},…]}, with
 * {@code namespaceBase64} and {@code keyBase64} for names that are not text. A counter that leaves
 * its namespace out is in the one that the surroundings name.
 */
final class ClaimJson {
  private static final String NAMES = NameFields.NAMES + ", n, ttl";

  private final NameFields names;
  private final String path;
  private long n = 1;
  private Optional<Duration> ttl = Optional.empty();

  private ClaimJson(int index) {
    path = "counters[" + index + "].";
    names = new NameFields(path);
  }

  /** Reads the array that the parser stands at. */
  static List<ClaimJson> read(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw new InvalidInputException("counters", "must be an array of objects");
    }
    var counters = new ArrayList<ClaimJson>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      var counter = new ClaimJson(counters.size());
      Json.readFields("counters[" + counters.size() + "]", in, counter::take);
      counters.add(counter);
    }
    return counters;
  }

  /**
   * The counter that was read.
   *
   * @param surrounding the namespace where it is if it does not say so itself
   */
  Claim.Part part(Supplier<Optional<ByteString>> surrounding) {
    return new Claim.Part(names.counter(surrounding), n, ttl);
  }

  static void write(Claim claim, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("counters");
    for (Claim.Part part : claim.parts()) {
      out.writeStartObject();
      Names.write("namespace", part.counter().namespace(), out);
      Names.write("key", part.counter().key(), out);
      if (part.n() != 1) {
        out.writeNumberField("n", part.n());
      }
      Json.writeIfPresent(out, "ttl", part.ttl().map(Durations::format));
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static long amount(String field, JsonParser in) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
      throw new InvalidInputException(
          field, "is " + in.getText() + "; claims take whole numbers only, also from gauges");
    }
    return Json.wholeNumber(field, in);
  }

  private void take(String field, JsonParser in) throws IOException {
    switch (field) {
      case "n" -> n = amount(path + field, in);
      case "ttl" -> ttl = Optional.of(Durations.parse(path + field, Json.text(path + field, in)));
      default -> {
        if (!names.take(field, in)) {
          throw Json.unknownField(path + field, NAMES);
        }
      }
    }
  }
}
