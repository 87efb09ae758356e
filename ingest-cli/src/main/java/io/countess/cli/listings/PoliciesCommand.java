package io.countess.cli.listings;

import io.countess.answer.CounterPolicyPage;
import io.countess.answer.Cursor;
import io.countess.cli.console.ExitCode;
import io.countess.cli.console.NamespaceParameter;
import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import io.countess.client.Page;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the counters of a namespace that have policies or plans of their own. */
@Command(
    name = "policies",
    description = "List the counters of a namespace that have a policy or a plan of their own.")
public final class PoliciesCommand implements Callable<Integer> {
  @Mixin private final Session session;
  @Mixin private final NamespaceParameter namespace = new NamespaceParameter();

  public PoliciesCommand(Terminal terminal) {
    this.session = new Session(terminal);
  }

  @Override
  public Integer call() {
    try (var server = session.server()) {
      var rows = new PolicyRows(session.output());
      Optional<Cursor> next = Optional.empty();
      do {
        var page = new Page(next, Page.MAX_LIMIT);
        CounterPolicyPage found = server.counterPolicies().list(namespace.name(), page);
        next = rows.show(found.policies()) ? found.next() : Optional.empty();
      } while (next.isPresent());
      return ExitCode.OK;
    }
  }
}
