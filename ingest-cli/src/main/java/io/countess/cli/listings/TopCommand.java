package io.countess.cli.listings;

import io.countess.answer.KeyPage;
import io.countess.cli.console.ExitCode;
import io.countess.cli.console.NamespaceParameter;
import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import io.countess.cli.console.WindowOption;
import io.countess.client.Page;
import io.countess.event.CountRange;
import io.countess.event.InvalidInputException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the highest counts. */
@Command(name = "top", description = "List the keys with the highest counts, highest first.")
public final class TopCommand implements Callable<Integer> {
  @Mixin private final Session session;
  @Mixin private final NamespaceParameter namespace = new NamespaceParameter();

  @Option(
      names = {"-k", "--k"},
      paramLabel = "N",
      defaultValue = "10",
      description = "How many, 1 to 1000 (default: ${DEFAULT-VALUE}).")
  private int k;

  @Mixin private final CountOptions counts = new CountOptions();

  @Mixin private final WindowOption window = new WindowOption();

  public TopCommand(Terminal terminal) {
    this.session = new Session(terminal);
  }

  @Override
  public Integer call() {
    if (k < 1 || k > Page.MAX_LIMIT) {
      throw new InvalidInputException("k", "is " + k + "; it must be from 1 to " + Page.MAX_LIMIT);
    }
    Optional<CountRange> range = counts.range();
    try (var server = session.server()) {
      KeyPage top =
          window.name().isPresent()
              ? server.windows().top(namespace.name(), window.name().get(), k, range).value()
              : server.top(namespace.name(), k, range).value();
      new KeyRows(session.output()).show(top.keys());
      return ExitCode.OK;
    }
  }
}
