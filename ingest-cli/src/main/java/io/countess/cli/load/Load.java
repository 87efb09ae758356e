package io.countess.cli.load;

import io.countess.cli.console.Output;
import io.countess.cli.console.Output.Column;
import io.countess.cli.console.Printable;
import io.countess.cli.console.Session;
import io.countess.client.Counts;
import io.countess.client.LoadSummary;
import io.countess.client.LoadSummary.Rejection;
import io.countess.event.ByteString;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Loads one source after another, and tells what became of each. */
final class Load {
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

  /** Loads {@code source}; whether all its lines were taken. */
  boolean run(Source source, Counts server) {
    long startNanos = System.nanoTime();
    var keys = namespace == null ? null : new KeyLines(source.lines(), namespace);
    var summary = upload(source, keys == null ? source.lines() : keys, server);
    var whole = keys == null ? summary : together(summary, keys);
    show(source, whole, (System.nanoTime() - startNanos) / 1e9);
    return whole.rejected() == 0;
  }

  private LoadSummary upload(Source source, InputStream lines, Counts server) {
    var events = new Meter(lines);
    if (!showProgress) {
      return server.load(events);
    }
    var progress = Progress.start(source, events, err);
    try {
      return server.load(events);
    } finally {
      progress.close();
    }
  }

  private static LoadSummary together(LoadSummary summary, KeyLines keys) {
    var errors = new ArrayList<>(summary.errors());
    errors.addAll(keys.rejections());
    errors.sort(Comparator.comparingLong(Rejection::line));
    long rejected = summary.rejected() + keys.rejected();
    return new LoadSummary(summary.logged(), rejected, List.copyOf(errors), summary.position());
  }

  private void show(Source source, LoadSummary summary, double seconds) {
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
        },
        summary.logged(),
        summary.rejected(),
        String.format(Locale.ROOT, "%.1f", seconds),
        source.name());
  }
}
