package io.countess.cli.load;

import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.answer.LineOutcome;
import io.countess.answer.LineResult;
import io.countess.answer.LoadOutcomes;
import io.countess.answer.codec.LoadOutcomesJson;
import io.countess.cli.console.Output;
import io.countess.cli.console.Output.Column;
import io.countess.cli.console.Printable;
import io.countess.client.BrokenLoadException;
import io.countess.client.LoadSummary;
import io.countess.client.LoadSummary.Rejection;
import io.countess.event.CounterName;
import io.countess.event.Position;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** What is known of a source that is being loaded: its row, and the sentences beside it. */
final class SourceLoad {
  private final Shown shown;
  private final Source source;
  private final Optional<Tally> tally;
  private final long startNanos = System.nanoTime();
  private volatile LoadSummary known;

  /**
   * Where sources are told of.
   *
   * @param waits whether what became of lines is waited for
   * @param mayPassOver whether lines may be about something else
   */
  record Shown(Output output, PrintStream err, boolean waits, boolean mayPassOver) {
    /** The columns of the rows. */
    List<Column> columns() {
      var columns = new ArrayList<Column>();
      if (waits) {
        columns.add(Column.number("ACCEPTED"));
        columns.add(Column.number("OTHERWISE"));
      } else {
        columns.add(Column.number("LOGGED"));
      }
      columns.add(Column.number("REJECTED"));
      if (mayPassOver) {
        columns.add(Column.number("UNMATCHED"));
      }
      columns.add(Column.number("SECONDS"));
      columns.add(Column.text("FILE", 0));
      return columns;
    }
  }

  /**
   * @param tally of lines that became no events
   */
  SourceLoad(Shown shown, Source source, Optional<Tally> tally) {
    this.shown = shown;
    this.source = source;
    this.tally = tally;
    soFar(new LoadSummary(0, 0, List.of(), Position.NONE));
  }

  /** For example {@code would-refuse}. */
  private static String words(LineOutcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** So much is known; before the first answer nothing of outcomes. */
  void soFar(LoadSummary summary) {
    known =
        shown.waits() && summary.outcomes().isEmpty()
            ? summary.telling(LoadOutcomes.NONE)
            : summary;
  }

  /** Of how many lines it is known what became of them. */
  long settled() {
    return known.settled();
  }

  /** What is known, with the lines that were not sent. */
  LoadSummary whole() {
    return tally.map(it -> together(known, it)).orElse(known);
  }

  private static LoadSummary together(LoadSummary summary, Tally tally) {
    var errors = new ArrayList<>(summary.errors());
    errors.addAll(tally.rejections());
    errors.sort(Comparator.comparingLong(Rejection::line));
    return summary.rejecting(tally.rejectedLines(), List.copyOf(errors));
  }

  /** It is at its end. */
  void complete(LoadSummary summary) {
    soFar(summary);
    show(true);
  }

  /** It broke off. */
  void broken(BrokenLoadException broken) {
    soFar(broken.soFar());
    show(false);
    say(broken.getMessage());
  }

  /** The process is about to end. */
  void interrupted() {
    show(false);
    say(
        "interrupted; at least %d events are logged, and more may have counted"
            .formatted(known.logged()));
    shown.output().isRead();
  }

  private void say(String sentence) {
    shown.err().println(Printable.of("countess: " + source.name() + ": " + sentence));
  }

  private void show(boolean complete) {
    LoadSummary summary = whole();
    tell(summary);
    summary.outcomes().ifPresent(this::tell);
    row(summary, complete);
  }

  private void tell(LoadSummary summary) {
    for (Rejection rejection : summary.errors()) {
      line(rejection.line(), rejection.reason());
    }
    if (summary.rejected() > summary.errors().size()) {
      long more = summary.rejected() - summary.errors().size();
      shown.err().println(Printable.of(source.name()) + ": and " + more + " more");
    }
  }

  private void tell(LoadOutcomes outcomes) {
    for (LineResult first : outcomes.first()) {
      long all = outcomes.count(first.outcome());
      String more = all > 1 ? " (the first of %d)".formatted(all) : "";
      String about = first.counter().map(CounterName::shown).map(name -> ": " + name).orElse("");
      String why = first.reason().map(reason -> ": " + reason).orElse("");
      line(first.line(), words(first.outcome()) + more + about + why);
    }
    if (outcomes.unlisted() > 0) {
      say(
          "%d lines are not in the report: the server had no room to list them"
              .formatted(outcomes.unlisted()));
    }
  }

  private void line(long number, String text) {
    shown.err().println(Printable.of(source.name()) + ":" + number + ": " + Printable.of(text));
  }

  private OptionalLong unmatched() {
    return shown.mayPassOver()
        ? OptionalLong.of(tally.map(Tally::unmatchedLines).orElse(0L))
        : OptionalLong.empty();
  }

  private double seconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  private void row(LoadSummary summary, boolean complete) {
    var cells = new ArrayList<Object>();
    if (shown.waits()) {
      LoadOutcomes outcomes = summary.outcomes().orElse(LoadOutcomes.NONE);
      long accepted = outcomes.count(LineOutcome.ACCEPTED);
      cells.add(accepted);
      cells.add(outcomes.counts().values().stream().mapToLong(it -> it).sum() - accepted);
    } else {
      cells.add(summary.logged());
    }
    cells.add(summary.rejected());
    unmatched().ifPresent(cells::add);
    cells.add(String.format(Locale.ROOT, "%.1f", seconds()));
    cells.add(source.name());
    shown.output().row(json -> write(json, summary, complete), cells.toArray());
  }

  private void write(JsonGenerator json, LoadSummary summary, boolean complete) throws IOException {
    json.writeStringField("file", source.name());
    json.writeNumberField("logged", summary.logged());
    json.writeNumberField("rejected", summary.rejected());
    if (summary.outcomes().isPresent()) {
      LoadOutcomesJson.write(summary.outcomes().get(), json);
    }
    if (unmatched().isPresent()) {
      json.writeNumberField("unmatched", unmatched().getAsLong());
    }
    json.writeNumberField("seconds", seconds());
    json.writeStringField("position", summary.position().toString());
    if (!complete) {
      json.writeBooleanField("complete", false);
    }
  }
}
