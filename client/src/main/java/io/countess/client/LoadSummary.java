package io.countess.client;

import com.fasterxml.jackson.core.JsonParser;
import io.countess.answer.LineOutcome;
import io.countess.answer.LineResult;
import io.countess.answer.LoadOutcomes;
import io.countess.answer.codec.Fields;
import io.countess.answer.codec.LoadOutcomesJson;
import io.countess.event.Position;
import io.countess.event.codec.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What became of an upload of events.
 *
 * @param logged how many are in the log
 * @param rejected how many lines were not taken
 * @param errors why, for the first of them; a server names at most a thousand
 * @param position of the last events in the log
 * @param outcomes what became of those that were taken, where that was waited for. Lines of which
 *     nobody could tell are counted there, and not in {@code logged}
 */
public record LoadSummary(
    long logged,
    long rejected,
    List<Rejection> errors,
    Position position,
    Optional<LoadOutcomes> outcomes) {
  private static final int MAX_ERRORS = 1000;

  static final LoadSummary NONE = new LoadSummary(0, 0, List.of(), Position.NONE);

  /** One of a load that waited for the log only. */
  public LoadSummary(long logged, long rejected, List<Rejection> errors, Position position) {
    this(logged, rejected, errors, position, Optional.empty());
  }

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
        position.and(part.position),
        part.outcomes
            .map(it -> outcomes.orElse(LoadOutcomes.NONE).and(it, linesBefore))
            .or(() -> outcomes));
  }

  /** Of how many lines it is known whether the log has them, or that nobody can tell. */
  public long settled() {
    return logged + rejected + outcomes.map(it -> it.count(LineOutcome.UNKNOWN)).orElse(0L);
  }

  /** The same, telling outcomes. */
  public LoadSummary telling(LoadOutcomes of) {
    return new LoadSummary(logged, rejected, errors, position, Optional.of(of));
  }

  /** The same with more lines that were rejected, and why, of the first of them. */
  public LoadSummary rejecting(long more, List<Rejection> why) {
    return new LoadSummary(logged, rejected + more, why, position, outcomes);
  }

  /** Collects what a server tells of a load. */
  static final class FromJson implements Fields<LoadSummary> {
    private long logged;
    private long rejected;
    private List<Rejection> errors = List.of();
    private Position position = Position.NONE;
    private final LoadOutcomesJson outcomes = new LoadOutcomesJson();

    /** The lines that were listed. */
    List<LineResult> lines() {
      return outcomes.lines();
    }

    @Override
    public void take(String field, JsonParser in) throws IOException {
      switch (field) {
        case "logged" -> logged = Json.wholeNumber(field, in);
        case "rejected" -> rejected = Json.wholeNumber(field, in);
        case "errors" ->
            errors = Json.list(field, in, it -> Fields.read("error", it, new RejectionFields()));
        case "position" -> position = Position.parse(Json.text(field, in));
        default -> outcomes.take(field, in);
      }
    }

    @Override
    public LoadSummary value() {
      var told =
          outcomes.isThere() ? Optional.of(outcomes.value()) : Optional.<LoadOutcomes>empty();
      return new LoadSummary(logged, rejected, errors, position, told);
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
