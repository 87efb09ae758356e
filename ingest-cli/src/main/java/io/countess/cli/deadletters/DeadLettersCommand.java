package io.countess.cli.deadletters;

import io.countess.cli.console.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about dead letters. */
@Command(
    name = "dead-letters",
    description = "Records that could not be counted: list them, put them back.",
    synopsisSubcommandLabel = "COMMAND")
public final class DeadLettersCommand {
  private DeadLettersCommand() {}

  public static CommandLine of(Terminal terminal) {
    return new CommandLine(new DeadLettersCommand())
        .addSubcommand(new ListCommand(terminal))
        .addSubcommand(new PutBackCommand(terminal))
        .addSubcommand(new ForgetCommand(terminal));
  }
}
