package io.countess.cli.listings;

import io.countess.answer.JournalPage;
import io.countess.answer.JournalPlace;
import io.countess.answer.codec.JournalPageJson;
import io.countess.cli.console.CounterParameters;
import io.countess.cli.console.ExitCode;
import io.countess.cli.console.Output;
import io.countess.cli.console.Output.Column;
import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import io.countess.client.Journal;
import io.countess.client.Page;
import io.countess.event.InvalidInputException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists what happened to a counter. */
@Command(
    name = "journal",
    description = "List what happened to a counter whose policy has a journal, newest first.")
public final class JournalCommand implements Callable<Integer> {
  private static final String NOTHING = "-";

  @Mixin private final Session session;
  @Mixin private final CounterParameters counter = new CounterParameters();

  @Option(
      names = "--before",
      paramLabel = "POSITION",
      description = "Only what happened before that, as 0@17.")
  private String before;

  @Option(names = "--limit", paramLabel = "N", description = "At most N entries (default: all).")
  private Long limit;

  public JournalCommand(Terminal terminal) {
    this.session = new Session(terminal);
  }

  @Override
  public Integer call() {
    if (limit != null && limit < 1) {
      throw new InvalidInputException("limit", "is " + limit + "; it must be at least 1");
    }
    var from = Optional.ofNullable(before).map(text -> JournalPlace.parse("before", text));
    try (var server = session.server()) {
      Output output = session.output();
      output.columns(
          Column.text("POSITION", 12),
          Column.text("AT", 24),
          Column.text("OP", 7),
          Column.number("BEFORE"),
          Column.number("AFTER"),
          Column.text("ID", 20),
          Column.text("NOTE", 0));
      show(server.journal(counter.name()), from, output);
      return ExitCode.OK;
    }
  }

  private void show(Journal journal, Optional<JournalPlace> from, Output output) {
    long wanted = limit == null ? Long.MAX_VALUE : limit;
    Optional<JournalPlace> next = from;
    do {
      int size = (int) Math.min(wanted, Page.MAX_LIMIT);
      JournalPage page =
          (next.isPresent() ? journal.before(next.get(), size) : journal.newest(size)).value();
      wanted -= page.entries().size();
      next = show(page.entries(), output) ? page.next() : Optional.empty();
    } while (next.isPresent() && wanted > 0);
  }

  /** Whether they are read. */
  private static boolean show(List<JournalPage.Entry> entries, Output output) {
    for (JournalPage.Entry entry : entries) {
      output.row(
          json -> JournalPageJson.write(entry, json),
          entry.place(),
          Instant.ofEpochMilli(entry.atMillis()),
          entry.op().text(),
          shown(entry.before()),
          shown(entry.after()),
          entry.id().orElse(NOTHING),
          entry.note().orElse(NOTHING));
    }
    return output.isRead();
  }

  private static String shown(Optional<BigDecimal> number) {
    return number.map(JournalPageJson::shown).orElse(NOTHING);
  }
}
