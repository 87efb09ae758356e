package io.countess.cli.console;

import io.countess.event.InvalidInputException;
import io.countess.event.Numbers;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers as JSON has them: a {@link Long} where they are whole and fit, else a {@link Double}. */
public final class NumberConverter implements ITypeConverter<Number> {
  @Override
  public Number convert(String text) {
    try {
      return Numbers.parse("n", text);
    } catch (InvalidInputException malformed) {
      throw new TypeConversionException("'" + text + "' is not a number");
    }
  }
}
