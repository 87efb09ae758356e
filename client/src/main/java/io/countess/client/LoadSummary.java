package io.countess.client;

import com.fasterxml.jackson.core.JsonParser;
import io.countess.answer.codec.Fields;
import io.countess.event.Position;
import io.countess.event.codec.Json;
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

  /** Collects what a server tells of a load. */
  static final class FromJson implements Fields<LoadSummary> {
    private long logged;
    private long rejected;
    private List<Rejection> errors = List.of();
    private Position position = Position.NONE;

    @Override
    public void take(String field, JsonParser in) throws IOException {
      switch (field) {
        case "logged" -> logged = Json.wholeNumber(field, in);
        case "rejected" -> rejected = Json.wholeNumber(field, in);
        case "errors" ->
            errors = Json.list(field, in, it -> Fields.read("error", it, new RejectionFields()));
        case "position" -> position = Position.parse(Json.text(field, in));
        default -> in.skipChildren();
      }
    }

    @Override
    public LoadSummary value() {
      return new LoadSummary(logged, rejected, errors, position);
    }
  }

  private static final class RejectionFields implements Fields<Rejection> {
    private long line;
    private String reason = "";

    @Override
    public void take(String field, JsonParser in) throws IOException {
      switch (field) {
        case "line" -> line = Json.wholeNumber(field, in);
        case "reason" -> reason = Json.text(field, in);
        default -> in.skipChildren();
      }
    }

    @Override
    public Rejection value() {
      return new Rejection(line, reason);
    }
  }
}
