package io.countess.contract;

import io.countess.client.Counts;
import io.countess.client.CountsConfig;
import io.countess.event.CounterName;
import io.countess.server.Alone;
import io.countess.server.Countess;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract over HTTP, by way of the Java client, with the state in RocksDB. */
class OverHttpTest implements ClientContract {
  @TempDir static Path data;
  private static Countess countess;
  private static Counts counts;

  @BeforeAll
  static void start() throws InterruptedException {
    countess = Alone.start(data, "rocksdb");
    counts = Counts.open(CountsConfig.of(countess.url()));
  }

  @AfterAll
  static void stop() {
    counts.close();
    countess.close();
  }

  @Override
  public Caller caller() {
    return new HttpCaller(counts);
  }

  @Override
  public Counts open(CounterName about) {
    return Counts.open(CountsConfig.of(countess.url()));
  }
}
