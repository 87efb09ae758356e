package io.countess.cli.listings;

import io.countess.answer.Cursor;
import io.countess.answer.NamespacePage;
import io.countess.cli.console.ExitCode;
import io.countess.cli.console.Printable;
import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import io.countess.client.Page;
import io.countess.event.NamespacePatterns;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists namespaces. */
@Command(
    name = "namespaces",
    description = "List the namespaces that have live keys or a policy, with their totals.")
public final class NamespacesCommand implements Callable<Integer> {
  @Mixin private final Session session;
  private final Terminal terminal;

  public NamespacesCommand(Terminal terminal) {
    this.terminal = terminal;
    this.session = new Session(terminal);
  }

  @Override
  public Integer call() {
    try (var server = session.server()) {
      var rows = new NamespaceRows(session.output());
      Optional<Cursor> next = Optional.empty();
      Optional<NamespacePatterns> only = Optional.empty();
      do {
        NamespacePage page = server.namespaces(new Page(next, Page.MAX_LIMIT)).value();
        only = page.only();
        next = rows.show(page.namespaces()) ? page.next() : Optional.empty();
      } while (next.isPresent());
      only.ifPresent(this::tell);
      return ExitCode.OK;
    }
  }

  private void tell(NamespacePatterns only) {
    String note = "countess: others are left out: the key is for namespaces that match " + only;
    terminal.err().println(Printable.of(note));
  }
}
