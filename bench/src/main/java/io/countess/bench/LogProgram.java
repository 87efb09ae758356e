package io.countess.bench;

import io.countess.server.CountessConfig;
import io.countess.server.Setting;
import io.countess.server.Settings;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A yardstick in a process of its own: how it is told where its log is, and starts that. */
final class LogProgram {
  private LogProgram() {}

  /** What {@link #settings} reads. */
  static List<String> arguments(Map<Setting, String> settings) {
    return settings.entrySet().stream()
        .map(setting -> setting.getKey().name() + "=" + setting.getValue())
        .toList();
  }

  /** Settings that are given as {@code NAME=value}. */
  static Map<Setting, String> settings(String[] arguments) {
    var settings = new EnumMap<Setting, String>(Setting.class);
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      settings.put(Setting.valueOf(parts[0]), parts[1]);
    }
    return settings;
  }

  /** Starts the embedded broker, with the topics of Countess. */
  static BenchLog start(Map<Setting, String> settings) {
    Path data = Path.of(settings.get(Setting.DATA));
    return BenchLog.start(data, CountessConfig.of(Settings.read(settings, Map.of())));
  }
}
