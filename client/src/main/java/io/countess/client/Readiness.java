package io.countess.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.countess.answer.codec.Fields;
import io.countess.event.codec.Json;
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
  /** Copies the maps. */
  public Readiness {
    lag = Collections.unmodifiableSortedMap(new TreeMap<>(lag));
    lagSeconds = Collections.unmodifiableSortedMap(new TreeMap<>(lagSeconds));
  }

  /** Collects what a server tells of itself. */
  static final class FromJson implements Fields<Readiness> {
    private final SortedMap<Integer, Long> lag = new TreeMap<>();
    private final SortedMap<Integer, Double> lagSeconds = new TreeMap<>();
    private boolean ready;
    private String state = "";

    @Override
    public void take(String field, JsonParser in) throws IOException {
      switch (field) {
        case "ready" -> ready = in.currentToken() == JsonToken.VALUE_TRUE;
        case "state" -> state = Json.text(field, in);
        case "lag" ->
            Json.readFields(
                field,
                in,
                (partition, at) ->
                    lag.put(Json.partition(field, partition), Json.wholeNumber(field, at)));
        case "lagSeconds" ->
            Json.readFields(
                field,
                in,
                (partition, at) ->
                    lagSeconds.put(
                        Json.partition(field, partition), Json.number(field, at).doubleValue()));
        default -> in.skipChildren();
      }
    }

    @Override
    public Readiness value() {
      return new Readiness(ready, state, lag, lagSeconds);
    }
  }
}
