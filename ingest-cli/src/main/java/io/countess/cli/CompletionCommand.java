package io.countess.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes what a shell needs to complete commands and options. */
@Command(
    name = "completion",
    description = "Write what a shell needs to complete commands and options.",
    footer = {
      "",
      "Examples:",
      "  source <(./countess completion bash)    in .bashrc, or in .zshrc with zsh",
      "  ./countess completion fish > ~/.config/fish/completions/countess.fish"
    })
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "bash|zsh|fish", description = "The shell.")
  private String shell;

  @Override
  public Integer call() {
    CommandLine root = spec.parent().commandLine();
    String script =
        switch (shell.toLowerCase(Locale.ROOT)) {
          // The script for bash has zsh read it as bash would.
          case "bash", "zsh" -> AutoComplete.bash(root.getCommandName(), root);
          case "fish" -> FishCompletion.of(root);
          default ->
              throw new ParameterException(
                  spec.commandLine(), "'" + shell + "' is none of bash, zsh, fish");
        };
    spec.commandLine().getOut().print(script);
    spec.commandLine().getOut().flush();
    return CommandLine.ExitCode.OK;
  }
}
