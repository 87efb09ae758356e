package io.countess.door.metricnexus;

import io.countess.server.Alone;
import io.countess.server.Countess;
import io.countess.server.Setting;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** Services with the MetricNexus door open. */
final class Nexus {
  static final Map<Setting, String> OPEN =
      Map.of(Setting.METRIC_NEXUS, "true", Setting.METRIC_NEXUS_PORT, "0");

  private Nexus() {}

  static Countess start(Path data, String store, Map<Setting, String> more)
      throws InterruptedException {
    var flags = new EnumMap<Setting, String>(Setting.class);
    flags.putAll(OPEN);
    flags.putAll(more);
    return Alone.start(data, store, flags);
  }

  static NexusPeer peer(Countess countess) {
    return NexusPeer.to(countess.metricNexus().orElseThrow().port());
  }
}
