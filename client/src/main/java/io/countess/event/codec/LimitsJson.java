package io.countess.event.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.countess.event.Decision;
import io.countess.event.LimitCount;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a counter stands under several limits: {@code refusedBy}, and {@code limits}, an array of
 * objects with {@code count}, {@code limit}, {@code remaining}, {@code moreAfterMillis} and {@code
 * freeAfterMillis}.
 */
public final class LimitsJson {
  private long count;
  private long limit;
  private OptionalLong moreAfterMillis = OptionalLong.empty();
  private OptionalLong freeAfterMillis = OptionalLong.empty();

  private LimitsJson() {}

  static void write(Decision.Limits limits, JsonGenerator out) throws IOException {
    writeRefusedBy(limits.refusedBy(), out);
    write(limits.each(), out);
  }

  /** Writes which limit refused, if one did, into an object that has been opened. */
  public static void writeRefusedBy(OptionalInt index, JsonGenerator out) throws IOException {
    if (index.isPresent()) {
      out.writeNumberField("refusedBy", index.getAsInt());
    }
  }

  /** Writes how each stands into an object that has been opened. */
  public static void write(List<LimitCount> limits, JsonGenerator out) throws IOException {
    Json.writeList(out, "limits", limits, LimitsJson::write);
  }

  private static void write(LimitCount each, JsonGenerator out) throws IOException {
    out.writeNumberField("count", each.count());
    out.writeNumberField("limit", each.limit());
    out.writeNumberField("remaining", each.remaining());
    Json.writeIfPresent(out, "moreAfterMillis", each.moreAfterMillis());
    Json.writeIfPresent(out, "freeAfterMillis", each.freeAfterMillis());
  }

  /** The index of the limit that refused. */
  public static OptionalInt readRefusedBy(JsonParser in) throws IOException {
    return OptionalInt.of(Math.toIntExact(Json.wholeNumber("refusedBy", in)));
  }

  /** How each stands; fields that it does not know are passed over. */
  public static List<LimitCount> read(JsonParser in) throws IOException {
    return Json.list("limits", in, LimitsJson::readOne);
  }

  private static LimitCount readOne(JsonParser in) throws IOException {
    var fields = new LimitsJson();
    Json.readFields("limit", in, fields::take);
    return new LimitCount(
        fields.count, fields.limit, fields.moreAfterMillis, fields.freeAfterMillis);
  }

  private void take(String field, JsonParser in) throws IOException {
    switch (field) {
      case "count" -> count = Json.wholeNumber(field, in);
      case "limit" -> limit = Json.wholeNumber(field, in);
      case "moreAfterMillis" -> moreAfterMillis = Json.optionalNumber(field, in);
      case "freeAfterMillis" -> freeAfterMillis = Json.optionalNumber(field, in);
      default -> in.skipChildren();
    }
  }
}
