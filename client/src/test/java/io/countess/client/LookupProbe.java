package io.countess.client;

import io.countess.event.CounterName;
import java.io.UncheckedIOException;
import java.time.Duration;

/** A process in which each lookup of a host hangs; says what becomes of calls there. */
final class LookupProbe {
  static final int CALLS = 3;

  private static final CounterName ALICE = CounterName.of("logins", "alice");
  private static final String EXPECTED =
      "http://countess.example: no address of countess.example within 200ms";

  private LookupProbe() {}

  /** Calls, one after the other. */
  public static void main(String[] args) {
    var config = CountsConfig.of("http://countess.example").withTimeout(Duration.ofMillis(200));
    var counts = Counts.open(config);
    int inTime = 0;
    for (int i = 0; i < CALLS; i++) {
      inTime += isInTime(counts) ? 1 : 0;
    }
    System.out.print(inTime + " in time, " + lookups() + " lookup\n");
    System.exit(0);
  }

  private static boolean isInTime(Counts counts) {
    long start = System.nanoTime();
    try {
      counts.claims().claim(ALICE, 1);
      return false;
    } catch (UncheckedIOException late) {
      var took = Duration.ofNanos(System.nanoTime() - start);
      return late.getMessage().equals(EXPECTED) && took.toSeconds() < 2;
    }
  }

  private static long lookups() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("countess-lookup"))
        .count();
  }
}
