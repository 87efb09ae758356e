package io.countess.client;

import com.fasterxml.jackson.core.JsonParser;
import io.countess.event.Position;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of an upload of events.
 *
 * @param logged how many are in the log
 * @param rejected how many lines were not taken
 * @param errors why, for the first of them; a server names at most a thousand
 * @param position of the last events in the log
 */
public record LoadSummary(long logged, long rejected, List<Rejection> errors, Position position) {
  private static final int MAX_ERRORS = 1000;

  static final LoadSummary NONE = new LoadSummary(0, 0, List.of(), Position.NONE);

  /**
   * A line that was not taken.
   *
   * @param line its number, from 1
   * @param reason the field and the rule that it breaks
   */
  public record Rejection(long line, String reason) {}

  /** This, and what became of a part that came after so many lines. */
  LoadSummary and(LoadSummary part, long linesBefore) {
    var all = new ArrayList<>(errors);
    part.errors.stream()
        .limit(MAX_ERRORS - errors.size())
        .forEach(it -> all.add(new Rejection(linesBefore + it.line, it.reason)));
    return new LoadSummary(
        logged + part.logged,
        rejected + part.rejected,
        List.copyOf(all),
        position.and(part.position));
  }

  static LoadSummary read(byte[] body) {
    return AnswerJson.read(
        body,
        in -> {
          var fields = new Fields();
          AnswerJson.fields(in, fields::take);
          return new LoadSummary(fields.logged, fields.rejected, fields.errors, fields.position);
        });
  }

  private static final class Fields {
    private long logged;
    private long rejected;
    private List<Rejection> errors = List.of();
    private Position position = Position.NONE;

    void take(String field, JsonParser in) throws IOException {
      switch (field) {
        case "logged" -> logged = AnswerJson.number(in);
        case "rejected" -> rejected = AnswerJson.number(in);
        case "errors" -> errors = AnswerJson.list(in, Fields::rejection);
        case "position" -> position = Position.parse(AnswerJson.text(in));
        default -> in.skipChildren();
      }
    }

    private static Rejection rejection(JsonParser in) throws IOException {
      var line = new long[1];
      var reason = new String[] {""};
      AnswerJson.fields(
          in,
          (field, at) -> {
            switch (field) {
              case "line" -> line[0] = AnswerJson.number(at);
              case "reason" -> reason[0] = AnswerJson.text(at);
              default -> at.skipChildren();
            }
          });
      return new Rejection(line[0], reason[0]);
    }
  }
}
