package io.countess.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the help of a command, as {@code COMMAND --help} does. */
@Command(name = "help", description = "Show the help of a command.")
final class HelpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "Which (default: all).")
  private List<String> names = List.of();

  @Override
  public Integer call() {
    CommandLine shown = spec.parent().commandLine();
    for (String name : names) {
      CommandLine next = shown.getSubcommands().get(name);
      if (next == null) {
        throw new ParameterException(
            spec.commandLine(), "There is no command '" + String.join(" ", names) + "'");
      }
      shown = next;
    }
    shown.usage(spec.commandLine().getOut());
    return CommandLine.ExitCode.OK;
  }
}
