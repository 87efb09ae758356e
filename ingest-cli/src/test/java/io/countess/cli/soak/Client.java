package io.countess.cli.soak;

import io.countess.cli.soak.Action.Change;
import io.countess.cli.soak.Action.Command;
import io.countess.cli.soak.Action.Read;
import io.countess.client.Counted;
import io.countess.client.Counts;
import io.countess.client.PolicyInForce;
import io.countess.client.Submission;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Does what it has drawn, one after the other, and keeps what came of each. While it does not know,
 * it sends the same again, through whichever instance.
 */
final class Client implements Runnable {
  private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

  private final Draw draw;
  private final Retries retries;
  private final Findings findings = new Findings();
  private final Map<CounterName, Position> latest;
  private final Map<Space, Position> changed = new HashMap<>();
  private volatile boolean stopped;

  /**
   * @param latest where the last commands of all clients stand
   */
  Client(Draw draw, List<Counts> instances, Map<CounterName, Position> latest) {
    this.draw = draw;
    this.latest = latest;
    this.retries = new Retries(instances);
  }

  /** A command, when it was sent first, what became of it, and when that was known. */
  record Done(Command command, long sentNanos, Decision decision, long endNanos) {
    Position position() {
      return decision.position().orElseThrow();
    }
  }

  /** When it was asked, the answer, what that had to include, and when it was there. */
  record Seen(long startNanos, Counted counted, Position demanded, long endNanos) {}

  /** A change of a policy, what became of it, and when that was known. */
  record Changed(Change change, Decision decision, long endNanos) {
    Position position() {
      return decision.position().orElseThrow();
    }
  }

  /** What came of everything. */
  record Findings(List<Done> done, List<Seen> seen, List<Changed> changed) {
    Findings() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    void add(Findings other) {
      done.addAll(other.done);
      seen.addAll(other.seen);
      changed.addAll(other.changed);
    }
  }

  void stop() {
    stopped = true;
  }

  /** When this has run. */
  Findings findings() {
    return findings;
  }

  /** How often something was sent again. */
  int retries() {
    return retries.made();
  }

  @Override
  public void run() {
    while (!stopped) {
      Action action = draw.next();
      carryOut(action);
      if (!(action instanceof Change)) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private void carryOut(Action action) {
    if (action instanceof Command command) {
      findings.done.add(command(command));
    } else if (action instanceof Read read) {
      findings.seen.add(read(read));
    } else {
      findings.changed.add(change((Change) action));
    }
  }

  private Done command(Command command) {
    Optional<Instant> happened =
        command.agoMillis() == 0
            ? Optional.empty()
            : Optional.of(Instant.now().minusMillis(command.agoMillis()));
    long sent = System.nanoTime();
    Decision decision = retries.untilKnown(command, instance -> send(instance, command, happened));
    var done = new Done(command, sent, decision, System.nanoTime());
    latest.merge(command.counter(), done.position(), Position::and);
    return done;
  }

  private static Decision send(Counts counts, Command command, Optional<Instant> happened) {
    return command.event() instanceof Event.Claim claim
        ? counts.claims().claim(inAnyOrder(claim)).decision()
        : counts.decide(new Submission(command.counter(), command.event(), happened));
  }

  /** Another one each time that it is sent. */
  private static Event.Claim inAnyOrder(Event.Claim claim) {
    List<Event.Claim.Part> parts = new ArrayList<>(claim.parts());
    Collections.shuffle(parts);
    return new Event.Claim(parts, claim.id());
  }

  private Seen read(Read read) {
    Position demanded =
        read.demands() ? latest.getOrDefault(read.counter(), Position.NONE) : Position.NONE;
    long start = System.nanoTime();
    Counted counted =
        retries.untilKnown(read, instance -> instance.including(demanded).count(read.counter()));
    return new Seen(start, counted, demanded, System.nanoTime());
  }

  /** Nobody else changes it: where it is found changed, that was an attempt of this client. */
  private Changed change(Change change) {
    long expected = inForce(change.space()).expected();
    Decision decision = retries.untilKnown(change, instance -> send(instance, change, expected));
    var done = new Changed(change, decision, System.nanoTime());
    changed.put(change.space(), done.position());
    return done;
  }

  private static Decision send(Counts counts, Change change, long expected) {
    var namespace = change.space().namespace();
    return change.conditional()
        ? counts.setPolicy(namespace, change.policy(), change.onChange(), expected)
        : counts.setPolicy(namespace, change.policy(), change.onChange());
  }

  private PolicyInForce inForce(Space space) {
    Position demanded = changed.getOrDefault(space, Position.NONE);
    return retries.untilKnown(
        space, instance -> instance.including(demanded).policy(space.namespace()));
  }
}
