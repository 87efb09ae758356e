package io.countess.cli.listings;

import io.countess.answer.NamespaceView;
import io.countess.cli.console.ExitCode;
import io.countess.cli.console.NamespaceParameter;
import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import io.countess.cli.console.WindowOption;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows one namespace. */
@Command(name = "namespace", description = "Show a namespace: its policy and totals.")
public final class NamespaceCommand implements Callable<Integer> {
  @Mixin private final Session session;
  @Mixin private final NamespaceParameter namespace = new NamespaceParameter();

  @Mixin private final WindowOption window = new WindowOption();

  public NamespaceCommand(Terminal terminal) {
    this.session = new Session(terminal);
  }

  @Override
  public Integer call() {
    try (var server = session.server()) {
      NamespaceView found =
          window.name().isPresent()
              ? server.windows().namespace(namespace.name(), window.name().get()).value()
              : server.namespace(namespace.name());
      new NamespaceRows(session.output()).show(List.of(found));
      return ExitCode.OK;
    }
  }
}
