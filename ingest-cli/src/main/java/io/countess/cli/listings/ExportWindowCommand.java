package io.countess.cli.listings;

import io.countess.answer.Answer;
import io.countess.answer.CountedWindow;
import io.countess.answer.Cursor;
import io.countess.answer.KeyPage;
import io.countess.cli.console.ExitCode;
import io.countess.cli.console.NamespaceParameter;
import io.countess.cli.console.Printable;
import io.countess.cli.console.ServerOptions;
import io.countess.cli.console.Terminal;
import io.countess.client.Counts;
import io.countess.client.Page;
import io.countess.event.Position;
import io.countess.event.WindowName;
import java.math.BigInteger;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes what all counters of a namespace counted in a window. */
@Command(
    name = "export-window",
    description = "Write what each key of a namespace counted in a window, as CSV or NDJSON.",
    footer = {
      "",
      "The last line on standard error says how many keys there are, their sum, and up to which"
          + " position of the log they include each event. Without that line the export is not"
          + " whole, and the exit code is not 0."
    })
public final class ExportWindowCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private final ServerOptions server;
  @Mixin private final NamespaceParameter namespace = new NamespaceParameter();

  @Parameters(
      index = "1",
      paramLabel = "WINDOW",
      description = "Its start by the policy's zone, as 2026-10, or an instant in it.")
  private String window;

  @Option(
      names = "--output",
      paramLabel = "csv|ndjson",
      defaultValue = "csv",
      description = "How (default: ${DEFAULT-VALUE}).")
  private WindowFile form;

  private BigInteger sum = BigInteger.ZERO;
  private long keys;
  private final TreeSet<Integer> copies = new TreeSet<>();

  public ExportWindowCommand(Terminal terminal) {
    this.terminal = terminal;
    this.server = new ServerOptions(terminal);
  }

  @Override
  public Integer call() {
    WindowName name = WindowName.parse(window);
    try (Counts counts = server.open()) {
      Answer.Found<KeyPage> first = page(counts, name, Optional.empty());
      form.begin(terminal.out());
      write(first);
      // What comes later is of a state that includes at least as much, whoever answers.
      Counts others = counts.including(first.position());
      Optional<Cursor> next = first.value().next();
      while (next.isPresent()) {
        Answer.Found<KeyPage> page = page(others, name, next);
        write(page);
        if (terminal.out().checkError()) {
          return ExitCode.OK; // nobody reads it any more
        }
        next = page.value().next();
      }
      terminal.out().flush();
      tell(first.value().window().orElseThrow(), first.position());
      return ExitCode.OK;
    }
  }

  private Answer.Found<KeyPage> page(Counts counts, WindowName name, Optional<Cursor> after) {
    var page = new Page(after, Page.MAX_LIMIT);
    return counts.windows().keys(namespace.name(), name, Optional.empty(), Optional.empty(), page);
  }

  private void write(Answer.Found<KeyPage> page) {
    CountedWindow counted = page.value().window().orElseThrow();
    for (KeyPage.Entry entry : page.value().keys()) {
      form.line(entry, counted, terminal.out());
      sum = sum.add(BigInteger.valueOf(entry.count()));
      keys++;
    }
    copies.addAll(page.coverage().behind().keySet());
  }

  private void tell(CountedWindow counted, Position position) {
    String whole = "countess: %d keys of %s, the sum is %d; includes %s";
    String what = counted.name() + (counted.ended() ? "" : ", which has not ended yet");
    String upTo = position.offsets().isEmpty() ? "no event" : position.toString();
    if (!copies.isEmpty()) {
      String moving = "countess: partitions %s are moving; copies answered that may be behind";
      terminal.err().println(moving.formatted(copies));
    }
    terminal.err().println(Printable.of(whole.formatted(keys, what, sum, upTo)));
  }
}
