package io.countess.cli.listings;

import io.countess.answer.Cursor;
import io.countess.answer.NamespacePage;
import io.countess.cli.console.ExitCode;
import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import io.countess.client.Page;
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

  public NamespacesCommand(Terminal terminal) {
    this.session = new Session(terminal);
  }

  @Override
  public Integer call() {
    try (var server = session.server()) {
      var rows = new NamespaceRows(session.output());
      Optional<Cursor> next = Optional.empty();
      do {
        NamespacePage page = server.namespaces(new Page(next, Page.MAX_LIMIT));
        next = rows.show(page.namespaces()) ? page.next() : Optional.empty();
      } while (next.isPresent());
      return ExitCode.OK;
    }
  }
}
