package io.countess.cli.listings;

import io.countess.answer.WindowList;
import io.countess.answer.codec.WindowListJson;
import io.countess.cli.console.CounterParameters;
import io.countess.cli.console.ExitCode;
import io.countess.cli.console.Output.Column;
import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the windows of a counter. */
@Command(
    name = "windows",
    description = "List the windows of a counter that are kept, with their counts, newest first.")
public final class WindowsCommand implements Callable<Integer> {
  @Mixin private final Session session;
  @Mixin private final CounterParameters counter = new CounterParameters();

  public WindowsCommand(Terminal terminal) {
    this.session = new Session(terminal);
  }

  @Override
  public Integer call() {
    try (var server = session.server()) {
      var output = session.output();
      var windows = server.windows().list(counter.name()).value().windows();
      output.columns(
          Column.number("COUNT"),
          Column.text("START", 20),
          Column.text("END", 20),
          Column.text("WINDOW", 0));
      for (WindowList.Entry entry : windows) {
        var span = entry.window().span();
        output.row(
            json -> WindowListJson.write(entry, json),
            entry.count(),
            Instant.ofEpochMilli(span.startMillis()),
            Instant.ofEpochMilli(span.endMillis()),
            entry.window().ended() ? entry.window().name() : entry.window().name() + " (lasts)");
      }
      return ExitCode.OK;
    }
  }
}
