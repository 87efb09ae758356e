package io.countess.cli.load;

import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.cli.console.Output;
import io.countess.cli.console.Output.Column;
import io.countess.cli.console.Printable;
import io.countess.cli.console.Session;
import io.countess.cli.load.FrequentCounters.Frequent;
import io.countess.client.BrokenLoadException;
import io.countess.client.Counts;
import io.countess.client.LoadSummary;
import io.countess.client.LoadSummary.Rejection;
import io.countess.event.Position;
import io.countess.event.Terms;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Loads one source after another, and tells what became of each. */
final class Load {
  /** How many counters are named that may not have taken all of their lines. */
  private static final int MAX_WARNINGS = 20;

  private final Output output;
  private final PrintStream err;
  private final boolean showProgress;
  private final Optional<Form> form;

  /**
   * @param form of lines that are not events
   */
  Load(Session session, Optional<Form> form) {
    this.output = session.output();
    this.err = session.terminal().err();
    this.showProgress = session.terminal().errIsTerminal();
    this.form = form;
    var columns = new ArrayList<Column>();
    columns.add(Column.number("LOGGED"));
    columns.add(Column.number("REJECTED"));
    if (mayPassOver()) {
      columns.add(Column.number("UNMATCHED"));
    }
    columns.add(Column.number("SECONDS"));
    columns.add(Column.text("FILE", 0));
    output.columns(columns.toArray(Column[]::new));
  }

  private boolean mayPassOver() {
    return form.map(Form::mayPassOver).orElse(false);
  }

  /**
   * Loads {@code source}; whether all its lines were taken.
   *
   * @param id of this load, if it is to be one that can be repeated
   * @throws BrokenLoadException where the server did not take them all; what is known is told
   */
  boolean run(Source source, Optional<String> id, Counts server) {
    Optional<EventStream> events = form.map(it -> it.read(source.lines()));
    InputStream lines = events.map(InputStream.class::cast).orElse(source.lines());
    var counted = id.isPresent() ? new CountedLines(lines) : null;
    var told = new Told(source, events.map(EventStream::tally), counted);
    var interrupted = new Thread(told::interrupted, "countess-load-interrupted");
    Runtime.getRuntime().addShutdownHook(interrupted);
    try {
      told.logged = upload(source, counted == null ? lines : counted, id, server, told);
      told.show(true);
      return told.whole().rejected() == 0;
    } catch (BrokenLoadException broken) {
      told.logged = broken.soFar();
      told.broken(broken);
      if (broken.end() != BrokenLoadException.End.SOURCE) {
        throw broken;
      }
      return false;
    } finally {
      forget(interrupted);
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      return;
    }
  }

  private LoadSummary upload(
      Source source, InputStream lines, Optional<String> id, Counts server, Told told) {
    var events = new Meter(lines);
    if (!showProgress) {
      return server.load(events, id, told::soFar);
    }
    var progress = Progress.start(source, events, told::settled, err);
    try {
      return server.load(events, id, told::soFar);
    } finally {
      progress.close();
    }
  }

  /** What is known of a source that is being loaded. */
  private final class Told {
    private final Source source;
    private final Optional<Tally> tally;
    private final CountedLines counted;
    private final long startNanos = System.nanoTime();
    private volatile LoadSummary logged = new LoadSummary(0, 0, List.of(), Position.NONE);

    /**
     * @param tally of lines that became no events
     * @param counted null where the lines get no ids
     */
    Told(Source source, Optional<Tally> tally, CountedLines counted) {
      this.source = source;
      this.tally = tally;
      this.counted = counted;
    }

    void soFar(LoadSummary summary) {
      logged = summary;
    }

    long settled() {
      return logged.logged() + logged.rejected();
    }

    LoadSummary whole() {
      return tally.map(it -> together(logged, it)).orElse(logged);
    }

    OptionalLong unmatched() {
      return mayPassOver()
          ? OptionalLong.of(tally.map(Tally::unmatchedLines).orElse(0L))
          : OptionalLong.empty();
    }

    double seconds() {
      return (System.nanoTime() - startNanos) / 1e9;
    }

    void show(boolean complete) {
      LoadSummary summary = whole();
      tell(source, summary);
      row(summary, complete);
      if (counted != null) {
        warn(source, counted.overIds());
      }
    }

    private void row(LoadSummary summary, boolean complete) {
      var cells = new ArrayList<Object>(List.of(summary.logged(), summary.rejected()));
      unmatched().ifPresent(cells::add);
      cells.add(String.format(Locale.ROOT, "%.1f", seconds()));
      cells.add(source.name());
      output.row(json -> write(json, summary, complete), cells.toArray());
    }

    private void write(JsonGenerator json, LoadSummary summary, boolean complete)
        throws IOException {
      json.writeStringField("file", source.name());
      json.writeNumberField("logged", summary.logged());
      json.writeNumberField("rejected", summary.rejected());
      if (unmatched().isPresent()) {
        json.writeNumberField("unmatched", unmatched().getAsLong());
      }
      json.writeNumberField("seconds", seconds());
      json.writeStringField("position", summary.position().toString());
      if (!complete) {
        json.writeBooleanField("complete", false);
      }
    }

    void broken(BrokenLoadException broken) {
      show(false);
      err.println(Printable.of("countess: " + source.name() + ": " + broken.getMessage()));
    }

    void interrupted() {
      show(false);
      err.println(
          Printable.of(
              "countess: %s: interrupted; at least %d events are logged, and more may have counted"
                  .formatted(source.name(), logged.logged())));
      output.isRead();
    }
  }

  private void warn(Source source, List<Frequent> overIds) {
    for (Frequent frequent : overIds.subList(0, Math.min(overIds.size(), MAX_WARNINGS))) {
      String warning =
          "countess: %s: %d lines or more are of %s, which remembers %d ids at a time; it may have"
              + " refused the others: 'countess dead-letters list' shows them";
      err.println(
          Printable.of(
              warning.formatted(
                  source.name(),
                  frequent.lines(),
                  frequent.counter().shown(),
                  Terms.DEFAULT.maxIds())));
    }
    if (overIds.size() > MAX_WARNINGS) {
      int more = overIds.size() - MAX_WARNINGS;
      err.println(Printable.of("countess: %s: and so for %d more".formatted(source.name(), more)));
    }
  }

  private static LoadSummary together(LoadSummary summary, Tally tally) {
    var errors = new ArrayList<>(summary.errors());
    errors.addAll(tally.rejections());
    errors.sort(Comparator.comparingLong(Rejection::line));
    long rejected = summary.rejected() + tally.rejectedLines();
    return new LoadSummary(summary.logged(), rejected, List.copyOf(errors), summary.position());
  }

  private void tell(Source source, LoadSummary summary) {
    String name = Printable.of(source.name());
    for (Rejection rejection : summary.errors()) {
      err.println(name + ":" + rejection.line() + ": " + Printable.of(rejection.reason()));
    }
    if (summary.rejected() > summary.errors().size()) {
      err.println(name + ": and " + (summary.rejected() - summary.errors().size()) + " more");
    }
  }
}
