package io.countess.bench;

import io.countess.server.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real {@code serve}; ready when it has answered a count over HTTP. */
record CountessServer(Plan plan) implements Startable {
  /** Long enough that no key expires while this measures. */
  private static final String TTL = "1d";

  @Override
  public String title() {
    return Folding.COUNTESS;
  }

  @Override
  public String group() {
    return plan.countess(Path.of("unused")).runtime().applicationId();
  }

  @Override
  public List<String> command(Path data, int kafkaPort, int httpPort) {
    return OwnProgram.countess(arguments(data, kafkaPort, httpPort));
  }

  /** What follows {@code countess}. */
  List<String> arguments(Path data, int kafkaPort, int httpPort) {
    Map<Setting, String> settings = plan.settings(data);
    settings.put(Setting.KAFKA_PORT, Integer.toString(kafkaPort));
    settings.put(Setting.HTTP_PORT, Integer.toString(httpPort));
    settings.put(Setting.DEFAULT_TTL, TTL);
    var arguments = new ArrayList<>(List.of("serve"));
    settings.forEach((setting, value) -> arguments.addAll(List.of(setting.flag(), value)));
    return arguments;
  }

  @Override
  public boolean isReady(int httpPort, Path output) {
    return Api.answers(httpPort);
  }
}
