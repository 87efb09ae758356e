package io.countess.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;

/**
 * A service with all doors open that the tests of a JVM share. It starts when the first one asks
 * for it, and ends with the JVM: who counts there has names that no other class has.
 */
public final class AllDoors {
  private static final Map<Setting, String> OPEN =
      Map.of(
          Setting.ALL_DOORS, "true",
          Setting.DRACULA_PORT, "0",
          Setting.DRACULA_REST_PORT, "0",
          Setting.REDIS_PORT, "0",
          Setting.METRIC_NEXUS_PORT, "0",
          Setting.ENVOY_PORT, "0",
          Setting.ENVOY_JSON_PORT, "0",
          Setting.TENANTS_PORT, "0");

  private AllDoors() {}

  /** The one of this JVM. */
  public static Countess shared() {
    return Holder.SHARED;
  }

  /** Starts it once. */
  private static final class Holder {
    static final Countess SHARED = start();
  }

  private static Countess start() {
    try {
      Path data = Files.createTempDirectory("all-doors");
      Countess countess = Alone.start(data, "memory", OPEN);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(countess, data), "all-doors"));
      return countess;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException hurry) {
      throw new IllegalStateException(hurry);
    }
  }

  private static void end(Countess countess, Path data) {
    countess.close();
    try (var all = Files.walk(data)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
