package io.countess.cli.console;

import io.countess.client.ProblemException;
import io.countess.client.ProblemException.Problem;
import io.countess.event.InvalidInputException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a command throws into a sentence and an exit code. */
public final class Failures implements IExecutionExceptionHandler {
  /** A value breaks a rule that only the server knows, such as how many partitions there are. */
  private static final int BAD_REQUEST = 400;

  /** The server is there, but can't tell: later it may. */
  private static final Set<Integer> NO_ANSWER = Set.of(502, 503, 504);

  private final Terminal terminal;

  public Failures(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    boolean verbose = isVerbose(parsed);
    var flags = new FlagNames(command);
    if (failure instanceof ProblemException it) {
      return tell(flags.of(sentence(it.problem())), codeOf(it.problem()), verbose ? failure : null);
    } else if (failure instanceof InvalidInputException) {
      return tell(flags.of(failure.getMessage()), ExitCode.USAGE, verbose ? failure : null);
    } else if (failure instanceof FailedException it) {
      return tell(flags.in(failure.getMessage()), it.exitCode(), verbose ? failure : null);
    } else if (failure instanceof InvalidPathException it) {
      String message = "'%s' can't name a file in the locale of this process, which is not UTF-8";
      return tell(message.formatted(it.getInput()), ExitCode.USAGE, verbose ? failure : null);
    } else if (failure instanceof UncheckedIOException) {
      return tell(failure.getMessage(), ExitCode.NO_ANSWER, verbose ? failure : null);
    }
    return tell("a bug: " + failure, ExitCode.INTERNAL, failure);
  }

  private static boolean isVerbose(ParseResult parsed) {
    return parsed.hasMatchedOption("--verbose")
        || parsed.hasSubcommand() && isVerbose(parsed.subcommand());
  }

  private int tell(String message, int exitCode, Exception trace) {
    terminal.err().println("countess: " + Printable.of(message));
    if (trace != null) {
      trace.printStackTrace(terminal.err());
    }
    return exitCode;
  }

  private static int codeOf(Problem problem) {
    if (problem.status() == BAD_REQUEST) {
      return ExitCode.USAGE;
    }
    return NO_ANSWER.contains(problem.status()) ? ExitCode.NO_ANSWER : ExitCode.FAILED;
  }

  private static String sentence(Problem problem) {
    String text = problem.detail().isEmpty() ? problem.title() : problem.detail();
    return problem
        .retryAfter()
        .map(wait -> text + "; try again in " + wait.toSeconds() + " s")
        .orElse(text);
  }
}
