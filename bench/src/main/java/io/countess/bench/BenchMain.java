package io.countess.bench;

import io.countess.cli.Main;
import io.countess.cli.console.Terminal;

/** The {@code countess} command with the benchmark. */
public final class BenchMain {
  private BenchMain() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    Main.main(BenchMain::bench, args);
  }

  static BenchCommand bench(Terminal terminal) {
    return new BenchCommand(terminal.out(), terminal.err());
  }
}
