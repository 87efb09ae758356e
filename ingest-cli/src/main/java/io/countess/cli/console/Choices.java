package io.countess.cli.console;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads one of a few words. What is none of them is told with the words as they are typed, in the
 * same form for all options.
 */
public final class Choices<E extends Enum<E>> implements ITypeConverter<E> {
  private final Class<E> type;

  private Choices(Class<E> type) {
    this.type = type;
  }

  /** Has all options of {@code command}, and of the commands below it, read so. */
  public static void readBy(CommandLine command) {
    for (ArgSpec option : command.getCommandSpec().args()) {
      for (Class<?> type : option.auxiliaryTypes()) {
        if (type.isEnum()) {
          register(type, command);
        }
      }
    }
    command.getSubcommands().values().forEach(Choices::readBy);
  }

  @Override
  public E convert(String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(choice -> choice.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of " + words(type)));
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // that it is an enum has been asked
  private static void register(Class<?> type, CommandLine command) {
    command.registerConverter((Class) type, new Choices(type));
  }

  private static String words(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(choice -> choice.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
