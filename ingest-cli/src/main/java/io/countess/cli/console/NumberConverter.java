package io.countess.cli.console;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers as JSON has them: a {@link Long} where they are whole and fit, else a {@link Double}. */
public final class NumberConverter implements ITypeConverter<Number> {
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+");
  private static final Pattern REAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  @Override
  public Number convert(String text) {
    if (WHOLE.matcher(text).matches()) {
      try {
        return Long.valueOf(text);
      } catch (NumberFormatException tooLarge) {
        return Double.valueOf(text);
      }
    }
    if (!REAL.matcher(text).matches()) {
      throw new TypeConversionException("'" + text + "' is not a number");
    }
    return Double.valueOf(text);
  }
}
