package io.countess.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.countess.event.CounterName;
import io.countess.event.Decision.GaugeValue;
import io.countess.event.Position;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** The fields of a count, as they come. */
final class CountedJson {
  private final Position position;
  private final SortedMap<Integer, Long> behind = new TreeMap<>();
  private Number count = 0L;
  private Number limit;
  private OptionalLong moreAfterMillis = OptionalLong.empty();
  private OptionalLong freeAfterMillis = OptionalLong.empty();
  private long atMillis;
  private boolean exists;
  private boolean wouldAccept;
  private Optional<String> reason = Optional.empty();
  private OptionalLong retryAfterMillis = OptionalLong.empty();

  private CountedJson(Position position) {
    this.position = position;
  }

  static CountedJson read(Reply reply) {
    var fields = new CountedJson(reply.position());
    return AnswerJson.read(
        reply.bodyOrProblem(),
        in -> {
          AnswerJson.fields(in, fields::take);
          return fields;
        });
  }

  Counted counted(CounterName counter) {
    boolean real = count instanceof Double;
    return new Counted(
        counter,
        real ? GaugeValue.nearest(count.doubleValue()) : count.longValue(),
        real || limit == null ? OptionalLong.empty() : OptionalLong.of(limit.longValue()),
        moreAfterMillis,
        freeAfterMillis,
        atMillis,
        position,
        real ? Optional.of(new GaugeValue(count.doubleValue(), realLimit())) : Optional.empty(),
        exists,
        behind);
  }

  Peeked peeked(CounterName counter) {
    return new Peeked(counted(counter), wouldAccept, reason, retryAfterMillis);
  }

  private OptionalDouble realLimit() {
    return limit == null ? OptionalDouble.empty() : OptionalDouble.of(limit.doubleValue());
  }

  private void take(String field, JsonParser in) throws IOException {
    switch (field) {
      case "count" -> count = AnswerJson.wholeOrReal(in);
      case "limit" -> limit = AnswerJson.wholeOrReal(in);
      case "moreAfterMillis" -> moreAfterMillis = OptionalLong.of(AnswerJson.number(in));
      case "freeAfterMillis" -> freeAfterMillis = OptionalLong.of(AnswerJson.number(in));
      case "at" -> atMillis = AnswerJson.number(in);
      case "exists" -> exists = in.currentToken() == JsonToken.VALUE_TRUE;
      case "behind" -> AnswerJson.fields(in, this::takeBehind);
      case "wouldAccept" -> wouldAccept = in.currentToken() == JsonToken.VALUE_TRUE;
      case "reason" -> reason = Optional.of(AnswerJson.text(in));
      case "retryAfterMillis" -> retryAfterMillis = OptionalLong.of(AnswerJson.number(in));
      default -> in.skipChildren();
    }
  }

  private void takeBehind(String partition, JsonParser in) throws IOException {
    AnswerJson.require(partition.matches("\\d{1,9}"), "behind names no partition");
    behind.put(Integer.parseInt(partition), AnswerJson.number(in));
  }
}
