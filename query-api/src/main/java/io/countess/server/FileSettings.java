package io.countess.server;

import io.countess.door.FileProblems;
import io.countess.event.ByteOrderMark;
import io.countess.server.Settings.Given;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What a properties file sets.
 *
 * @param passedOn settings of Kafka, with their prefix
 */
record FileSettings(Map<Setting, Given> given, Map<String, String> passedOn) {
  static final FileSettings NONE = new FileSettings(Map.of(), Map.of());

  /**
   * Reads a file in UTF-8.
   *
   * @throws SettingsException where it can't be read or has an unknown name in it
   */
  static FileSettings read(String file) {
    var given = new EnumMap<Setting, Given>(Setting.class);
    var passedOn = new HashMap<String, String>();
    var properties = load(file);
    for (String name : properties.stringPropertyNames()) {
      String value = properties.getProperty(name);
      if (name.startsWith(Settings.KAFKA_PREFIX) || name.startsWith(Settings.STREAMS_PREFIX)) {
        passedOn.put(name, value);
      } else {
        given.put(setting(name, file), new Given(value, name + " in " + file));
      }
    }
    return new FileSettings(given, passedOn);
  }

  private static Properties load(String file) {
    var properties = new Properties();
    try {
      properties.load(new StringReader(ByteOrderMark.readFile(Path.of(file))));
    } catch (IOException unreadable) {
      throw unreadable(file, FileProblems.reason(unreadable));
    } catch (IllegalArgumentException malformed) {
      throw unreadable(file, malformed.getMessage());
    }
    return properties;
  }

  private static SettingsException unreadable(String file, String why) {
    return new SettingsException("config file " + file + " can't be read: " + why);
  }

  private static Setting setting(String name, String file) {
    return settings()
        .filter(setting -> setting.property().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name, file));
  }

  /** A file can't name another one. */
  private static Stream<Setting> settings() {
    return Arrays.stream(Setting.values()).filter(setting -> setting != Setting.CONFIG);
  }

  private static SettingsException unknown(String name, String file) {
    var names = settings().map(Setting::property).toList();
    return new SettingsException(
        "%s in %s is not a setting%s"
            .formatted(
                name,
                file,
                Nearest.to(name, names).map(near -> "; did you mean " + near + "?").orElse("")));
  }
}
