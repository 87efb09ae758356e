package io.countess.cli.apikey;

import io.countess.cli.console.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about API keys. */
@Command(
    name = "api-key",
    description = "Make API keys for 'serve --api-keys'.",
    synopsisSubcommandLabel = "COMMAND")
public final class ApiKeyCommand {
  private ApiKeyCommand() {}

  public static CommandLine of(Terminal terminal) {
    return new CommandLine(new ApiKeyCommand()).addSubcommand(new NewCommand(terminal));
  }
}
