package io.countess.server;

import io.countess.event.Durations;
import io.countess.event.InvalidInputException;
import io.countess.event.Numbers;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What was set, and where: a flag goes before the environment, the environment before the file, and
 * that before the default.
 */
public final class Settings {
  /** Prefix, in the file, of settings that are passed to every Kafka client. */
  static final String KAFKA_PREFIX = "kafka.";

  /** Prefix, in the file, of settings that are passed to Kafka Streams. */
  static final String STREAMS_PREFIX = "streams.";

  /**
   * A value.
   *
   * @param origin where it was set, as it is to be shown
   */
  record Given(String text, String origin) {}

  private final EnumMap<Setting, Given> given = new EnumMap<>(Setting.class);
  private final Map<String, String> passedOn;

  private Settings(Map<String, String> passedOn) {
    this.passedOn = passedOn;
  }

  /**
   * Puts together what is set by {@code flags}, by the environment, and by the file that either of
   * them names.
   *
   * @param environment all of it
   * @throws SettingsException where something is unknown, or the file can't be read
   */
  public static Settings read(Map<Setting, String> flags, Map<String, String> environment) {
    var variables = EnvironmentSettings.read(environment);
    var config = Optional.ofNullable(flags.get(Setting.CONFIG));
    var file =
        config
            .or(() -> Optional.ofNullable(variables.given().get(Setting.CONFIG)).map(Given::text))
            .map(FileSettings::read)
            .orElse(FileSettings.NONE);
    var passedOn = new HashMap<>(file.passedOn());
    passedOn.putAll(variables.passedOn());
    var settings = new Settings(Map.copyOf(passedOn));
    settings.given.putAll(file.given());
    settings.given.putAll(variables.given());
    flags.forEach((setting, text) -> settings.given.put(setting, new Given(text, setting.flag())));
    return settings;
  }

  /** Whether it was set at all. */
  boolean has(Setting setting) {
    return given.containsKey(setting);
  }

  /** As it was given. */
  Optional<String> given(Setting setting) {
    return Optional.ofNullable(given.get(setting)).map(Given::text);
  }

  /** Where it was set, as it is to be shown. */
  Optional<String> origin(Setting setting) {
    return Optional.ofNullable(given.get(setting)).map(Given::origin);
  }

  Optional<String> text(Setting setting) {
    return parsed(setting, text -> requireText(setting, text));
  }

  Optional<Path> path(Setting setting) {
    return parsed(setting, text -> toPath(setting, requireText(setting, text)));
  }

  Optional<Duration> duration(Setting setting) {
    return parsed(setting, text -> Durations.parse(setting.plainName(), text));
  }

  Optional<Integer> number(Setting setting) {
    return parsed(setting, text -> toNumber(setting, text));
  }

  boolean isOn(Setting setting) {
    return parsed(setting, text -> toSwitch(setting, text)).orElse(false);
  }

  /** What is passed on under {@code prefix}, without it. */
  Map<String, String> passedOn(String prefix) {
    var found = new TreeMap<String, String>();
    passedOn.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), value);
          }
        });
    return found;
  }

  private <T> Optional<T> parsed(Setting setting, Function<String, T> parser) {
    return Optional.ofNullable(given.get(setting)).map(it -> parser.apply(it.text().strip()));
  }

  private static String requireText(Setting setting, String text) {
    if (text.isEmpty()) {
      throw new InvalidInputException(setting.plainName(), "is empty");
    }
    return text;
  }

  private static Path toPath(Setting setting, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException malformed) {
      throw new InvalidInputException(setting.plainName(), "is '" + text + "', which is no path");
    }
  }

  private static int toNumber(Setting setting, String text) {
    return Numbers.wholeOf32(text)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    setting.plainName(), "is '" + text + "'; it must be a whole number"));
  }

  private static boolean toSwitch(Setting setting, String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new InvalidInputException(
              setting.plainName(), "is '" + text + "'; it must be true or false");
    };
  }
}
