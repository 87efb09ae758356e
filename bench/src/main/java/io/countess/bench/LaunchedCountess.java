package io.countess.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * A real process that serves, started by the launcher as users start it, with all that this does
 * for the JVM. Ready when it says so.
 */
record LaunchedCountess(CountessServer server) implements Startable {
  @Override
  public String title() {
    return server.title();
  }

  @Override
  public String group() {
    return server.group();
  }

  @Override
  public List<String> command(Path data, int kafkaPort, int httpPort) {
    return Launcher.countess(server.arguments(data, kafkaPort, httpPort));
  }

  @Override
  public boolean isReady(int httpPort, Path output) {
    return Api.isReady(httpPort);
  }
}
