package io.countess.cli.listings;

import io.countess.answer.Cursor;
import io.countess.answer.KeyPage;
import io.countess.cli.console.ExitCode;
import io.countess.cli.console.NamespaceParameter;
import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import io.countess.cli.console.WindowOption;
import io.countess.client.Counts;
import io.countess.client.Page;
import io.countess.event.CountRange;
import io.countess.event.InvalidInputException;
import io.countess.event.WindowName;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the live keys of a namespace. */
@Command(name = "keys", description = "List the live keys of a namespace with their counts.")
public final class KeysCommand implements Callable<Integer> {
  @Mixin private final Session session;
  @Mixin private final NamespaceParameter namespace = new NamespaceParameter();

  @Option(
      names = "--match",
      paramLabel = "GLOB",
      description = "Only keys that match: * any bytes, ? one byte, [a-z] one of a set.")
  private String match;

  @Mixin private final CountOptions counts = new CountOptions();

  @Option(names = "--limit", paramLabel = "N", description = "At most N keys (default: all).")
  private Long limit;

  @Mixin private final WindowOption window = new WindowOption();

  public KeysCommand(Terminal terminal) {
    this.session = new Session(terminal);
  }

  @Override
  public Integer call() {
    if (limit != null && limit < 1) {
      throw new InvalidInputException("limit", "is " + limit + "; it must be at least 1");
    }
    Optional<CountRange> range = counts.range();
    try (var server = session.server()) {
      var rows = new KeyRows(session.output());
      long wanted = limit == null ? Long.MAX_VALUE : limit;
      Optional<Cursor> next = Optional.empty();
      do {
        int size = (int) Math.min(wanted, Page.MAX_LIMIT);
        KeyPage page = page(server, range, new Page(next, size));
        wanted -= page.keys().size();
        next = rows.show(page.keys()) ? page.next() : Optional.empty();
      } while (next.isPresent() && wanted > 0);
      return ExitCode.OK;
    }
  }

  private KeyPage page(Counts server, Optional<CountRange> range, Page page) {
    var glob = Optional.ofNullable(match);
    Optional<WindowName> in = window.name();
    return in.isPresent()
        ? server.windows().keys(namespace.name(), in.get(), glob, range, page).value()
        : server.keys(namespace.name(), glob, range, page).value();
  }
}
