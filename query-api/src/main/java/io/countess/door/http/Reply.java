package io.countess.door.http;

import io.countess.event.LimitCount;
import io.countess.event.Position;
import io.countess.event.codec.Json;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.StringJoiner;

/**
 * What is sent back.
 *
 * @param headers beside those of every answer
 */
record Reply(int status, String contentType, Body body, Map<String, String> headers) {
  static final String JSON = "application/json";
  static final String PROBLEM_JSON = "application/problem+json";
  static final String POSITION_HEADER = "Countess-Position";

  /** Says of which partitions an answer is from a standby, and how many records behind it is. */
  static final String BEHIND_HEADER = "Countess-Behind";

  /** The largest whole number of a structured field (RFC 9651, section 3.3.1). */
  private static final long MAX_STRUCTURED = 999_999_999_999_999L;

  Reply(int status, String contentType, byte[] body) {
    this(status, contentType, new Body.Whole(body), Map.of());
  }

  static Reply streamed(int status, String contentType, Body.Writer body) {
    return new Reply(status, contentType, new Body.Streamed(body), Map.of());
  }

  /** The object with these fields, and a line end: for whoever reads it on a terminal. */
  static byte[] line(Json.Writer fields) {
    return Json.write(
        out -> {
          out.writeStartObject();
          fields.write(out);
          out.writeEndObject();
          out.writeRaw('\n');
        });
  }

  static Reply json(int status, Json.Writer fields) {
    return new Reply(status, JSON, line(fields));
  }

  /** The same reply with a header. */
  Reply with(String name, String value) {
    if (headers.isEmpty()) {
      return new Reply(status, contentType, body, Map.of(name, value));
    }
    var more = new HashMap<>(headers);
    more.put(name, value);
    return new Reply(status, contentType, body, more);
  }

  /** The same reply with the position of the state, or of the record, that it is about. */
  Reply at(Position position) {
    return position.offsets().isEmpty() ? this : with(POSITION_HEADER, position.toString());
  }

  /** The same reply with the version of what it shows, to be sent back as If-Match. */
  Reply tagged(OptionalLong version) {
    return version.isPresent() ? with("ETag", "\"" + version.getAsLong() + "\"") : this;
  }

  /**
   * The same reply with what is left of a limit, as the IETF's draft on RateLimit header fields
   * (draft-ietf-httpapi-ratelimit-headers-11) writes it.
   *
   * @param moreAfterMillis the time within which no more than {@code remaining} can be added
   */
  Reply limited(long limit, long remaining, OptionalLong moreAfterMillis) {
    return with("RateLimit-Policy", quota("limit", limit))
        .with("RateLimit", left("limit", remaining, moreAfterMillis));
  }

  /** The same with what is left of several limits, named by their places in the policy. */
  Reply limited(List<LimitCount> limits) {
    var quotas = new StringJoiner(", ");
    var left = new StringJoiner(", ");
    for (int i = 0; i < limits.size(); i++) {
      LimitCount each = limits.get(i);
      String name = "limits[" + i + "]";
      quotas.add(quota(name, each.limit()));
      left.add(left(name, each.remaining(), each.moreAfterMillis()));
    }
    return with("RateLimit-Policy", quotas.toString()).with("RateLimit", left.toString());
  }

  private static String quota(String name, long limit) {
    return "\"" + name + "\";q=" + digits(limit);
  }

  private static String left(String name, long remaining, OptionalLong moreAfterMillis) {
    String more =
        moreAfterMillis.isPresent() ? ";t=" + digits(seconds(moreAfterMillis.getAsLong())) : "";
    return "\"" + name + "\";r=" + digits(remaining) + more;
  }

  /** What a structured field holds: of more digits no parser takes the field at all. */
  private static long digits(long number) {
    return Math.min(number, MAX_STRUCTURED);
  }

  /** The same reply, asking to wait: for whole seconds, rounded up, at least one. */
  Reply retryAfter(Duration wait) {
    return with("Retry-After", Long.toString(Math.max(1, seconds(wait.toMillis()))));
  }

  private static long seconds(long millis) {
    return millis / 1000 + (millis % 1000 == 0 ? 0 : 1);
  }
}
