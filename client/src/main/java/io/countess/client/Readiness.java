package io.countess.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whether a server can answer questions.
 *
 * @param state a word, for example {@code running} or {@code restoring}
 * @param lag per partition that the server holds, how many records it is behind the log
 */
public record Readiness(boolean ready, String state, SortedMap<Integer, Long> lag) {
  static Readiness read(byte[] body) {
    var fields = new Fields();
    return AnswerJson.read(
        body,
        in -> {
          AnswerJson.fields(in, fields::take);
          return new Readiness(
              fields.ready, fields.state, Collections.unmodifiableSortedMap(fields.lag));
        });
  }

  private static final class Fields {
    private final SortedMap<Integer, Long> lag = new TreeMap<>();
    private boolean ready;
    private String state = "";

    void take(String field, JsonParser in) throws IOException {
      switch (field) {
        case "ready" -> ready = in.currentToken() == JsonToken.VALUE_TRUE;
        case "state" -> state = AnswerJson.text(in);
        case "lag" -> AnswerJson.fields(in, this::takeLag);
        default -> in.skipChildren();
      }
    }

    private void takeLag(String partition, JsonParser in) throws IOException {
      AnswerJson.require(partition.matches("\\d{1,9}"), "lag of " + partition);
      lag.put(Integer.parseInt(partition), AnswerJson.number(in));
    }
  }
}
