package io.countess.contract;

import io.countess.query.Demand;
import io.countess.server.Alone;
import io.countess.server.Countess;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract behind all doors, with the state in memory. */
class InProcessTest implements CountingContract {
  @TempDir static Path data;
  private static Countess countess;

  @BeforeAll
  static void start() throws InterruptedException {
    countess = Alone.start(data, "memory");
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
