package io.countess.cli.console;

import java.util.Locale;
import picocli.CommandLine.Option;

/** How a command answers. */
public final class OutputOptions {
  private final Terminal terminal;

  /** The form of an answer. */
  public enum Format {
    TABLE,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--output",
      paramLabel = "table|json",
      defaultValue = "table",
      description =
          "Columns, or one JSON object a line. A header stands above columns only on a terminal.")
  private Format format;

  public OutputOptions(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Where the answer goes. */
  public Output open() {
    return new Output(terminal, format);
  }
}
