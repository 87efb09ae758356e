package io.countess.server;

import io.countess.event.ByteOrderMark;
import io.countess.server.Settings.Given;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the environment sets: {@code COUNTESS_…}, and for Kafka {@code COUNTESS_KAFKA__…} and {@code
 * COUNTESS_STREAMS__…}, where each underscore after the double one stands for a dot. Variables that
 * merely start with {@code KAFKA_} are none of Countess's: many images set some. An empty variable
 * is one that is not set, as Compose files pass them on.
 *
 * @param passedOn settings of Kafka, with the prefix that they have in a file
 */
record EnvironmentSettings(Map<Setting, Given> given, Map<String, String> passedOn) {
  private static final String OURS = "COUNTESS_";

  /**
   * The first two are for the other commands; the rest is what Kubernetes sets for a Service so
   * named.
   */
  private static final Pattern NOT_SETTINGS =
      Pattern.compile(
          "COUNTESS_(URL|KAFKA|SERVICE_HOST|SERVICE_PORT(_.*)?|PORT|PORT_\\d+_(TCP|UDP|SCTP)(_.*)?)");

  private static final Pattern PASSED_ON =
      Pattern.compile("COUNTESS_(KAFKA|STREAMS)__([A-Z0-9_]+)");

  /**
   * Reads the environment.
   *
   * @throws SettingsException where it has an unknown name
   */
  static EnvironmentSettings read(Map<String, String> environment) {
    var given = new EnumMap<Setting, Given>(Setting.class);
    var passedOn = new HashMap<String, String>();
    environment.forEach(
        (name, text) -> {
          String value = ByteOrderMark.without(text);
          var forKafka = PASSED_ON.matcher(name);
          if (forKafka.matches()) {
            passedOn.put(property(forKafka.group(1)) + "." + property(forKafka.group(2)), value);
          } else if (name.startsWith(OURS) && !NOT_SETTINGS.matcher(name).matches()) {
            var setting = setting(name);
            if (!value.isEmpty()) {
              given.put(setting, new Given(value, name + " in the environment"));
            }
          }
        });
    return new EnvironmentSettings(given, passedOn);
  }

  private static String property(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '.');
  }

  private static Setting setting(String name) {
    return Arrays.stream(Setting.values())
        .filter(setting -> setting.variable().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private static SettingsException unknown(String name) {
    var names = Arrays.stream(Setting.values()).map(Setting::variable).toList();
    return new SettingsException(
        "%s in the environment is not a setting%s"
            .formatted(
                name,
                Nearest.to(name, names).map(near -> "; did you mean " + near + "?").orElse("")));
  }
}
