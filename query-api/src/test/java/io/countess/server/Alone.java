package io.countess.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Services in this process, each with a Kafka of its own. */
public final class Alone {
  private static final Duration READY = Duration.ofSeconds(60);

  private Alone() {}

  /** Starts one, and waits until it answers everything. */
  public static Countess start(Path data, String store) throws InterruptedException {
    var flags =
        Map.of(
            Setting.DATA,
            data.toString(),
            Setting.HTTP_PORT,
            "0",
            Setting.KAFKA_PORT,
            "0",
            Setting.STORE,
            store);
    var countess = Countess.start(CountessConfig.of(Settings.read(flags, Map.of())));
    assertThat(countess.awaitReady(READY)).isTrue();
    return countess;
  }
}
