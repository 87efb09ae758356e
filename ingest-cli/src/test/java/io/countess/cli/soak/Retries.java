package io.countess.cli.soak;

import io.countess.client.Counts;
import io.countess.client.ProblemException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** Calls one instance or the other, drawn anew each time, until one of them has an answer. */
final class Retries {
  private static final long PAUSE_NANOS = Duration.ofMillis(60).toNanos();

  private static final Set<Integer> TRY_AGAIN = Set.of(502, 503, 504);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final List<Counts> instances;
  private final Random random = new Random();
  private int made;

  Retries(List<Counts> instances) {
    this.instances = instances;
  }

  /** How often something was called again. */
  int made() {
    return made;
  }

  /**
   * What the first answer says.
   *
   * @param what for the failure that ends it when there is none for long
   */
  <T> T untilKnown(Object what, Function<Counts, T> call) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String last = "";
    while (System.nanoTime() < deadline) {
      try {
        return call.apply(instances.get(random.nextInt(instances.size())));
      } catch (ProblemException problem) {
        if (!TRY_AGAIN.contains(problem.problem().status())) {
          throw new IllegalStateException(what + ": " + problem.problem(), problem);
        }
        last = problem.getMessage();
      } catch (UncheckedIOException noAnswer) {
        last = noAnswer.getMessage();
      }
      made++;
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new IllegalStateException(what + " stays unknown: " + last);
  }
}
