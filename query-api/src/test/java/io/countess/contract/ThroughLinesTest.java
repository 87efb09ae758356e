package io.countess.contract;

import io.countess.door.line.LineClient;
import io.countess.door.line.ServiceWithLineDoor;
import io.countess.query.Demand;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract through a door that is written in an hour: what the floor gives is enough. */
class ThroughLinesTest implements CountingContract {
  @TempDir static Path data;
  private static ServiceWithLineDoor service;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    service = ServiceWithLineDoor.start(data);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Override
  public Caller caller() {
    LineClient client = service.client();
    return new InProcessCaller(client, client, Demand.NONE);
  }
}
