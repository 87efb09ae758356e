package io.countess.door.line;

import io.countess.door.Admission;
import io.countess.door.ApiKeys;
import io.countess.door.Floor;
import io.countess.door.KeysConfig;
import io.countess.server.Alone;
import io.countess.server.Countess;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;

/** A service in this process with a line door. */
public final class ServiceWithLineDoor implements AutoCloseable {
  private static final int MOST = 1000;

  private final Countess countess;
  private final LineDoor door;

  private ServiceWithLineDoor(Countess countess) throws IOException {
    this.countess = countess;
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var keys = new ApiKeys(KeysConfig.NONE);
    var floor = new Floor(countess.queries(), countess.commands(), keys, registry);
    this.door = new LineDoor(floor, new Admission(MOST));
  }

  /** Starts one with the state in memory. */
  public static ServiceWithLineDoor start(Path data) throws IOException, InterruptedException {
    return new ServiceWithLineDoor(Alone.start(data, "memory"));
  }

  /** A client of the door. */
  public LineClient client() {
    return new LineClient(door.port());
  }

  @Override
  public void close() {
    door.close();
    countess.close();
  }
}
