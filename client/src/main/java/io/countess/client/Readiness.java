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
 * @param lagSeconds per partition that the server holds, for how long the oldest record has been in
 *     the log that is not counted yet; empty where the server is older than that
 */
public record Readiness(
    boolean ready,
    String state,
    SortedMap<Integer, Long> lag,
    SortedMap<Integer, Double> lagSeconds) {
  static Readiness read(byte[] body) {
    var fields = new Fields();
    return AnswerJson.read(
        body,
        in -> {
          AnswerJson.fields(in, fields::take);
          return new Readiness(
              fields.ready,
              fields.state,
              Collections.unmodifiableSortedMap(fields.lag),
              Collections.unmodifiableSortedMap(fields.lagSeconds));
        });
  }

  private static final class Fields {
    private final SortedMap<Integer, Long> lag = new TreeMap<>();
    private final SortedMap<Integer, Double> lagSeconds = new TreeMap<>();
    private boolean ready;
    private String state = "";

    void take(String field, JsonParser in) throws IOException {
      switch (field) {
        case "ready" -> ready = in.currentToken() == JsonToken.VALUE_TRUE;
        case "state" -> state = AnswerJson.text(in);
        case "lag" -> AnswerJson.fields(in, this::takeLag);
        case "lagSeconds" -> AnswerJson.fields(in, this::takeLagSeconds);
        default -> in.skipChildren();
      }
    }

    private void takeLag(String partition, JsonParser in) throws IOException {
      lag.put(number(partition), AnswerJson.number(in));
    }

    private void takeLagSeconds(String partition, JsonParser in) throws IOException {
      AnswerJson.require(in.currentToken().isNumeric(), "lag of " + partition);
      lagSeconds.put(number(partition), in.getDoubleValue());
    }

    private static int number(String partition) {
      AnswerJson.require(partition.matches("\\d{1,9}"), "lag of " + partition);
      return Integer.parseInt(partition);
    }
  }
}
