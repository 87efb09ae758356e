package io.countess.cli;

import io.countess.cli.console.ExitCode;
import io.countess.cli.console.FailedException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Stands for the benchmark where that is not installed. */
@Command(
    name = "bench",
    description = Main.BENCH,
    footer = {"", NoBenchCommand.WHERE})
final class NoBenchCommand implements Callable<Integer> {
  static final String WHERE =
      "bench comes with the source only: run ./countess bench in a clone of it.";

  /** Whatever is asked of the benchmark. */
  @SuppressWarnings("unused") // picocli needs a place for it
  @Unmatched
  private List<String> options;

  @Override
  public Integer call() {
    throw new FailedException(ExitCode.FAILED, WHERE, null);
  }
}
