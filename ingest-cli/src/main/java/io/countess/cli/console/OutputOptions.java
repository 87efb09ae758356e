package io.countess.cli.console;

import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

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
      converter = FormatConverter.class,
      description =
          "Columns, or one JSON object a line. A header stands above columns only on a terminal.")
  private Format format;

  /** Names the formats as they are given. */
  static final class FormatConverter implements ITypeConverter<Format> {
    @Override
    public Format convert(String text) {
      return Arrays.stream(Format.values())
          .filter(format -> format.toString().equals(text.toLowerCase(Locale.ROOT)))
          .findFirst()
          .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of table, json"));
    }
  }

  /** For the streams of {@code terminal}. */
  public OutputOptions(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Where the answer goes. */
  public Output open() {
    return new Output(terminal, format);
  }
}
