package io.countess.client;

import com.fasterxml.jackson.core.JsonParser;
import io.countess.event.CounterName;
import io.countess.event.Position;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * The count of a counter at an instant.
 *
 * @param limit the most that it may be, where there is a limit
 * @param position what the state that answered had folded
 */
public record Counted(
    CounterName counter, long count, OptionalLong limit, long atMillis, Position position) {

  /** How much may still be added, where there is a limit. */
  public OptionalLong remaining() {
    return limit.isPresent()
        ? OptionalLong.of(Math.max(0, limit.getAsLong() - count))
        : OptionalLong.empty();
  }

  static Counted read(CounterName counter, Reply reply) {
    var fields = new Fields();
    return AnswerJson.read(
        reply.bodyOrProblem(),
        in -> {
          AnswerJson.fields(in, fields::take);
          return new Counted(
              counter, fields.count, fields.limit, fields.atMillis, reply.position());
        });
  }

  private static final class Fields {
    private long count;
    private OptionalLong limit = OptionalLong.empty();
    private long atMillis;

    void take(String field, JsonParser in) throws IOException {
      switch (field) {
        case "count" -> count = AnswerJson.number(in);
        case "limit" -> limit = OptionalLong.of(AnswerJson.number(in));
        case "at" -> atMillis = AnswerJson.number(in);
        default -> in.skipChildren();
      }
    }
  }
}
