package io.countess.cli.load;

import io.countess.cli.console.Output;
import io.countess.cli.console.Output.Column;
import io.countess.cli.console.Printable;
import io.countess.cli.console.Session;
import io.countess.cli.load.FrequentCounters.Frequent;
import io.countess.client.BrokenLoadException;
import io.countess.client.Counts;
import io.countess.client.LoadSummary;
import io.countess.client.LoadSummary.Rejection;
import io.countess.event.ByteString;
import io.countess.event.Policy;
import io.countess.event.Position;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Loads one source after another, and tells what became of each. */
final class Load {
  /** How many counters are named that may not have taken all of their lines. */
  private static final int MAX_WARNINGS = 20;

  private final Output output;
  private final PrintStream err;
  private final boolean showProgress;
  private final ByteString namespace;

  /**
   * @param namespace null where the lines are events rather than keys
   */
  Load(Session session, ByteString namespace) {
    this.output = session.output();
    this.err = session.terminal().err();
    this.showProgress = session.terminal().errIsTerminal();
    this.namespace = namespace;
    output.columns(
        Column.number("LOGGED"),
        Column.number("REJECTED"),
        Column.number("SECONDS"),
        Column.text("FILE", 0));
  }

  /**
   * Loads {@code source}; whether all its lines were taken.
   *
   * @param id of this load, if it is to be one that can be repeated
   * @throws BrokenLoadException where the server did not take them all; what is known is told
   */
  boolean run(Source source, Optional<String> id, Counts server) {
    var keys = namespace == null ? null : new KeyLines(source.lines(), namespace);
    InputStream lines = keys == null ? source.lines() : keys;
    var counted = id.isPresent() ? new CountedLines(lines) : null;
    var told = new Told(source, keys, counted);
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
    private final KeyLines keys;
    private final CountedLines counted;
    private final long startNanos = System.nanoTime();
    private volatile LoadSummary logged = new LoadSummary(0, 0, List.of(), Position.NONE);

    /**
     * @param keys null where the lines are events
     * @param counted null where the lines get no ids
     */
    Told(Source source, KeyLines keys, CountedLines counted) {
      this.source = source;
      this.keys = keys;
      this.counted = counted;
    }

    void soFar(LoadSummary summary) {
      logged = summary;
    }

    long settled() {
      return logged.logged() + logged.rejected();
    }

    LoadSummary whole() {
      return keys == null ? logged : together(logged, keys);
    }

    void show(boolean complete) {
      Load.this.show(source, whole(), (System.nanoTime() - startNanos) / 1e9, complete);
      if (counted != null) {
        warn(source, counted.overIds());
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
                  Policy.Terms.DEFAULT.maxIds())));
    }
    if (overIds.size() > MAX_WARNINGS) {
      int more = overIds.size() - MAX_WARNINGS;
      err.println(Printable.of("countess: %s: and so for %d more".formatted(source.name(), more)));
    }
  }

  private static LoadSummary together(LoadSummary summary, KeyLines keys) {
    var errors = new ArrayList<>(summary.errors());
    errors.addAll(keys.rejections());
    errors.sort(Comparator.comparingLong(Rejection::line));
    long rejected = summary.rejected() + keys.rejected();
    return new LoadSummary(summary.logged(), rejected, List.copyOf(errors), summary.position());
  }

  private void show(Source source, LoadSummary summary, double seconds, boolean complete) {
    String name = Printable.of(source.name());
    for (Rejection rejection : summary.errors()) {
      err.println(name + ":" + rejection.line() + ": " + Printable.of(rejection.reason()));
    }
    if (summary.rejected() > summary.errors().size()) {
      err.println(name + ": and " + (summary.rejected() - summary.errors().size()) + " more");
    }
    output.row(
        json -> {
          json.writeStringField("file", source.name());
          json.writeNumberField("logged", summary.logged());
          json.writeNumberField("rejected", summary.rejected());
          json.writeNumberField("seconds", seconds);
          json.writeStringField("position", summary.position().toString());
          if (!complete) {
            json.writeBooleanField("complete", false);
          }
        },
        summary.logged(),
        summary.rejected(),
        String.format(Locale.ROOT, "%.1f", seconds),
        source.name());
  }
}
