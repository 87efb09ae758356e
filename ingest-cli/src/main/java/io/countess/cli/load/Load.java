package io.countess.cli.load;

import io.countess.cli.console.Output.Column;
import io.countess.cli.console.Printable;
import io.countess.cli.console.Session;
import io.countess.cli.load.FrequentCounters.Frequent;
import io.countess.client.BrokenLoadException;
import io.countess.client.Counts;
import io.countess.client.LoadOptions;
import io.countess.client.LoadOptions.Ack;
import io.countess.client.LoadSummary;
import io.countess.event.Terms;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** Loads one source after another, and tells what became of each. */
final class Load {
  /** How many counters are named that may not have taken all of their lines. */
  private static final int MAX_WARNINGS = 20;

  private final PrintStream err;
  private final boolean showProgress;
  private final Optional<Form> form;
  private final How how;
  private final SourceLoad.Shown shown;

  /**
   * How sources are loaded.
   *
   * @param ack what is waited for
   * @param asOfLog whether events may be of any age
   * @param report where lines go that did not count, or would not have
   */
  record How(Ack ack, boolean asOfLog, Optional<ReportFile> report) {}

  /**
   * @param form of lines that are not events
   */
  Load(Session session, Optional<Form> form, How how) {
    this.err = session.terminal().err();
    this.showProgress = session.terminal().errIsTerminal();
    this.form = form;
    this.how = how;
    boolean mayPassOver = form.map(Form::mayPassOver).orElse(false);
    shown = new SourceLoad.Shown(session.output(), err, how.ack == Ack.APPLIED, mayPassOver);
    shown.output().columns(shown.columns().toArray(Column[]::new));
  }

  /**
   * Loads {@code source}, and tells what became of its lines.
   *
   * @param id of this load, if it is to be one that can be repeated
   * @throws BrokenLoadException where the server did not take them all; what is known is told
   */
  LoadVerdict run(Source source, Optional<String> id, Counts server) {
    Optional<EventStream> events = form.map(it -> it.read(source.lines()));
    events.ifPresent(it -> how.report.ifPresent(to -> it.tally().telling(to, source.name())));
    InputStream lines = events.map(InputStream.class::cast).orElse(source.lines());
    // Where nobody waits, nobody is told of ids: so it is looked whether there may be too many.
    var counted = id.isPresent() && how.ack == Ack.LOGGED ? new CountedLines(lines) : null;
    var told = new SourceLoad(shown, source, events.map(EventStream::tally));
    var interrupted = new Thread(told::interrupted, "countess-load-interrupted");
    Runtime.getRuntime().addShutdownHook(interrupted);
    try {
      told.complete(upload(source, counted == null ? lines : counted, id, server, told));
    } catch (BrokenLoadException broken) {
      told.broken(broken);
      if (broken.end() != BrokenLoadException.End.SOURCE) {
        throw broken;
      }
      return LoadVerdict.of(told.whole()).and(LoadVerdict.WRONG);
    } finally {
      forget(interrupted);
      if (counted != null) {
        warn(source, counted.overIds());
      }
    }
    return LoadVerdict.of(told.whole());
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      return;
    }
  }

  private LoadSummary upload(
      Source source, InputStream lines, Optional<String> id, Counts server, SourceLoad told) {
    var events = new Meter(lines);
    LoadOptions options = options(source, id, told);
    if (!showProgress) {
      return server.load(events, options);
    }
    var progress = Progress.start(source, events, told::settled, err);
    try {
      return server.load(events, options);
    } finally {
      progress.close();
    }
  }

  private LoadOptions options(Source source, Optional<String> id, SourceLoad told) {
    var options =
        new LoadOptions(
            id,
            how.ack,
            how.asOfLog,
            soFar -> {
              told.soFar(soFar);
              how.report.ifPresent(ReportFile::flush);
            },
            Optional.empty());
    return how.report
        .map(report -> options.listing(line -> report.add(source.name(), line)))
        .orElse(options);
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
}
