package io.countess.cli.soak;

import io.countess.cli.soak.Draw.Command;
import io.countess.client.Counts;
import io.countess.client.ProblemException;
import io.countess.client.Submission;
import io.countess.event.Decision;
import io.countess.event.Event;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends its commands one after the other, and keeps what came of each. While it does not know, it
 * sends the same again, through whichever instance.
 */
final class Client implements Runnable {
  private static final Set<Integer> TRY_AGAIN = Set.of(502, 503, 504);
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long PAUSE_NANOS = Duration.ofMillis(60).toNanos();

  private final Draw draw;
  private final List<Counts> instances;
  private final List<Done> done = new ArrayList<>();
  private volatile boolean stopped;
  private int at;
  private int retries;

  Client(Draw draw, List<Counts> instances) {
    this.draw = draw;
    this.instances = instances;
  }

  /** A command, and what became of it. */
  record Done(Command command, Decision decision) {}

  void stop() {
    stopped = true;
  }

  /** When this has run. */
  List<Done> done() {
    return done;
  }

  /** How often it was sent again. */
  int retries() {
    return retries;
  }

  @Override
  public void run() {
    while (!stopped) {
      Command command = draw.next();
      done.add(new Done(command, untilKnown(command)));
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private Decision untilKnown(Command command) {
    Optional<Instant> happened =
        command.agoMillis() == 0
            ? Optional.empty()
            : Optional.of(Instant.now().minusMillis(command.agoMillis()));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String last = "";
    while (System.nanoTime() < deadline) {
      at = (at + 1) % instances.size();
      try {
        return send(instances.get(at), command, happened);
      } catch (ProblemException problem) {
        if (!TRY_AGAIN.contains(problem.problem().status())) {
          throw new IllegalStateException(command + ": " + problem.problem(), problem);
        }
        last = problem.getMessage();
      } catch (UncheckedIOException noAnswer) {
        last = noAnswer.getMessage();
      }
      retries++;
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new IllegalStateException(command + " stays unknown: " + last);
  }

  private static Decision send(Counts counts, Command command, Optional<Instant> happened) {
    return command.event() instanceof Event.Claim claim
        ? counts.claims().claim(claim).decision()
        : counts.decide(new Submission(command.counter(), command.event(), happened));
  }
}
