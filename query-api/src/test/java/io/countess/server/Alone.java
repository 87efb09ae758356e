package io.countess.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Services in this process, each with a Kafka of its own. */
public final class Alone {
  private static final Duration READY = Duration.ofSeconds(60);

  private Alone() {}

  /** Starts one, and waits until it answers everything. */
  public static Countess start(Path data, String store) throws InterruptedException {
    return start(data, store, Map.of());
  }

  /** Starts one with more settings. */
  public static Countess start(Path data, String store, Map<Setting, String> more)
      throws InterruptedException {
    var flags = new EnumMap<Setting, String>(Setting.class);
    flags.put(Setting.DATA, data.toString());
    flags.put(Setting.HTTP_PORT, "0");
    flags.put(Setting.KAFKA_PORT, "0");
    flags.put(Setting.STORE, store);
    flags.putAll(more);
    var countess = Countess.start(CountessConfig.of(Settings.read(flags, Map.of())));
    assertThat(countess.awaitReady(READY)).isTrue();
    return countess;
  }
}
