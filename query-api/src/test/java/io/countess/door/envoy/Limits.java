package io.countess.door.envoy;

import io.countess.server.Alone;
import io.countess.server.Countess;
import io.countess.server.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** Services with the Envoy door open. */
final class Limits {
  private Limits() {}

  /** With the limits of {@code edge.yaml}. */
  static Countess start(Path dir, Map<Setting, String> more)
      throws IOException, InterruptedException {
    Path limits = dir.resolve("edge.yaml");
    try (InputStream edge = Limits.class.getResourceAsStream("edge.yaml")) {
      Files.write(limits, edge.readAllBytes());
    }
    var flags = new EnumMap<Setting, String>(Setting.class);
    flags.putAll(open(limits));
    flags.putAll(more);
    return Alone.start(dir.resolve("data"), "memory", flags);
  }

  static Map<Setting, String> open(Path limits) {
    return Map.of(
        Setting.ENVOY, "true",
        Setting.ENVOY_PORT, "0",
        Setting.ENVOY_JSON_PORT, "0",
        Setting.ENVOY_CONFIG, limits.toString());
  }
}
