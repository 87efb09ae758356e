package io.countess.client;

import com.fasterxml.jackson.core.JsonParser;
import io.countess.event.ByteString;
import io.countess.event.Decision.GaugeValue;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Keys with their counts.
 *
 * @param next where the next page starts; empty at the end
 */
public record KeysPage(List<KeyCount> keys, Optional<String> next) {
  /**
   * A key and its count.
   *
   * @param count for a gauge, the whole number nearest to its value
   * @param gauge the value of a gauge; empty for other kinds
   */
  public record KeyCount(ByteString key, long count, OptionalDouble gauge) {
    /** A count of another kind than a gauge. */
    public KeyCount(ByteString key, long count) {
      this(key, count, OptionalDouble.empty());
    }

    private static KeyCount of(ByteString key, Number count) {
      if (!(count instanceof Double)) {
        return new KeyCount(key, count.longValue());
      }
      double value = count.doubleValue();
      return new KeyCount(key, GaugeValue.nearest(value), OptionalDouble.of(value));
    }
  }

  static KeysPage read(byte[] body) {
    var fields = new Fields();
    return AnswerJson.read(
        body,
        in -> {
          AnswerJson.fields(in, fields::take);
          return new KeysPage(fields.keys, Optional.ofNullable(fields.next));
        });
  }

  private static final class Fields {
    private List<KeyCount> keys = List.of();
    private String next;

    void take(String field, JsonParser in) throws IOException {
      switch (field) {
        case "keys" -> keys = AnswerJson.list(in, Fields::key);
        case "next" -> next = AnswerJson.text(in);
        default -> in.skipChildren();
      }
    }

    private static KeyCount key(JsonParser in) throws IOException {
      var key = new ByteString[] {ByteString.EMPTY};
      var count = new Number[] {0L};
      AnswerJson.fields(
          in,
          (field, at) -> {
            switch (field) {
              case "key", "keyBase64" -> key[0] = AnswerJson.name(at);
              case "count" -> count[0] = AnswerJson.wholeOrReal(at);
              default -> at.skipChildren();
            }
          });
      return KeyCount.of(key[0], count[0]);
    }
  }
}
