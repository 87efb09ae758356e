package io.countess.cli.policy;

import io.countess.cli.console.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about policies. */
@Command(
    name = "policy",
    description = "Show or change how a namespace or a counter counts.",
    synopsisSubcommandLabel = "COMMAND")
public final class PolicyCommand {
  private PolicyCommand() {}

  public static CommandLine of(Terminal terminal) {
    return new CommandLine(new PolicyCommand())
        .addSubcommand(new GetCommand(terminal))
        .addSubcommand(new SetCommand(terminal))
        .addSubcommand(new DropCommand(terminal))
        .addSubcommand(new ResetCommand(terminal))
        .addSubcommand(new HistoryCommand(terminal))
        .addSubcommand(
            new CommandLine(new DefaultCommand())
                .addSubcommand(new DefaultGetCommand(terminal))
                .addSubcommand(new DefaultSetCommand(terminal))
                .addSubcommand(new DefaultHistoryCommand(terminal)));
  }

  /** The group of commands about the default policy. */
  @Command(
      name = "default",
      description = "Show or change the policy of every namespace that has none of its own.",
      synopsisSubcommandLabel = "COMMAND")
  private static final class DefaultCommand {}
}
