package io.countess.cli.console;

import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/** Says what is wrong with a command line, in two lines rather than a page of help. */
public final class UsageErrors implements IParameterExceptionHandler {
  private final Terminal terminal;

  public UsageErrors(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int handleParseException(ParameterException misuse, String[] args) {
    CommandLine command = misuse.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    terminal.err().println(name + ": " + Printable.of(misuse.getMessage()));
    CommandLine.UnmatchedArgumentException.printSuggestions(misuse, command.getErr());
    terminal.err().println("Try '" + name + " --help'.");
    return ExitCode.USAGE;
  }
}
