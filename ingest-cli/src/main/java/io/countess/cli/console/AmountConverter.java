package io.countess.cli.console;

import io.countess.event.Amount;
import io.countess.event.InvalidInputException;
import io.countess.event.Numbers;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers as {@link Numbers#parse} reads them. */
public final class AmountConverter implements ITypeConverter<Amount> {
  @Override
  public Amount convert(String text) {
    try {
      return Numbers.parse("n", text);
    } catch (InvalidInputException malformed) {
      throw new TypeConversionException("'" + text + "' is not a number");
    }
  }
}
