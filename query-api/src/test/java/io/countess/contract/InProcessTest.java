package io.countess.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.query.Demand;
import io.countess.server.Countess;
import io.countess.server.CountessConfig;
import io.countess.server.Setting;
import io.countess.server.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract behind all doors, with the state in memory. */
class InProcessTest implements CountingContract {
  @TempDir static Path data;
  private static Countess countess;

  @BeforeAll
  static void start() throws InterruptedException {
    countess = start(data, "memory");
  }

  /** A service with a Kafka of its own. */
  static Countess start(Path data, String store) throws InterruptedException {
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
    assertThat(countess.awaitReady(Duration.ofSeconds(60))).isTrue();
    return countess;
  }

  @AfterAll
  static void stop() {
    countess.close();
  }

  @Override
  public Caller caller() {
    return new InProcessCaller(countess.queries(), countess.commands(), Demand.NONE);
  }
}
