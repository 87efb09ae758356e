package io.countess.cli.soak;

import io.countess.answer.Answer;
import io.countess.answer.Count;
import io.countess.answer.LineOutcome;
import io.countess.cli.soak.Action.Append;
import io.countess.cli.soak.Action.Change;
import io.countess.cli.soak.Action.ChangeOne;
import io.countess.cli.soak.Action.Command;
import io.countess.cli.soak.Action.Load;
import io.countess.cli.soak.Action.Read;
import io.countess.client.BrokenLoadException;
import io.countess.client.Counts;
import io.countess.client.LoadOptions;
import io.countess.client.Submission;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Position;
import io.countess.event.codec.EventLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

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
  private final PolicyChanger changer;
  private final Appender appender;
  private volatile boolean stopped;

  /**
   * @param latest where the last commands of all clients stand
   */
  Client(Draw draw, List<Counts> instances, Appender appender, Map<CounterName, Position> latest) {
    this.draw = draw;
    this.appender = appender;
    this.latest = latest;
    this.retries = new Retries(instances);
    this.changer = new PolicyChanger(retries);
  }

  /** A command, when it was sent first, what became of it, and when that was known. */
  record Done(Command command, long sentNanos, Decision decision, long endNanos) {
    Position position() {
      return decision.position().orElseThrow();
    }
  }

  /** When it was asked, the answer, what that had to include, and when it was there. */
  record Seen(long startNanos, Answer.Found<Count> found, Position demanded, long endNanos) {}

  /** A change of a policy, what became of it, and when that was known. */
  record Changed(Action change, Decision decision, long endNanos) {
    Position position() {
      return decision.position().orElseThrow();
    }
  }

  /**
   * An event that was appended, when it was, and where it stands.
   *
   * @param position empty where the log did not say
   */
  record Appended(Append append, long sentNanos, Optional<Position> position) {}

  /** A put of a load, and what was told to have become of it. */
  record Loaded(Command command, LineOutcome outcome) {}

  /** What came of everything. */
  record Findings(
      List<Done> done,
      List<Seen> seen,
      List<Changed> changed,
      List<Appended> appended,
      List<Loaded> loaded) {
    Findings() {
      this(
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>());
    }

    void add(Findings other) {
      done.addAll(other.done);
      seen.addAll(other.seen);
      changed.addAll(other.changed);
      appended.addAll(other.appended);
      loaded.addAll(other.loaded);
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
      if (!(action instanceof Change || action instanceof ChangeOne)) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private void carryOut(Action action) {
    if (action instanceof Command command) {
      findings.done.add(command(command));
    } else if (action instanceof Read read) {
      findings.seen.add(read(read));
    } else if (action instanceof Append append) {
      findings.appended.add(append(append));
    } else if (action instanceof Load load) {
      findings.loaded.addAll(load(load));
    } else if (action instanceof ChangeOne change) {
      findings.changed.add(new Changed(change, changer.change(change), System.nanoTime()));
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
    var found =
        retries.untilKnown(
            read, it -> it.including(demanded).ask(read.counter(), Optional.empty()));
    return new Seen(start, found, demanded, System.nanoTime());
  }

  private Appended append(Append append) {
    long sent = System.nanoTime();
    return new Appended(append, sent, appender.append(append));
  }

  /** Nothing is told of a load that broke off, or of a line that nobody could tell of in time. */
  private List<Loaded> load(Load load) {
    var listed = new HashMap<Long, LineOutcome>();
    var options =
        LoadOptions.APPLIED.listing(result -> listed.put(result.line(), result.outcome()));
    try {
      retries.untilKnown(
          load,
          instance -> {
            listed.clear();
            return instance.load(load.lines().stream().map(Client::line).iterator(), options);
          });
    } catch (BrokenLoadException broken) {
      return List.of();
    }
    return IntStream.range(0, load.lines().size())
        .mapToObj(
            i -> new Loaded(load.lines().get(i), listed.getOrDefault(i + 1L, LineOutcome.ACCEPTED)))
        .toList();
  }

  private static EventLine line(Command put) {
    OptionalLong at =
        put.agoMillis() == 0
            ? OptionalLong.empty()
            : OptionalLong.of(System.currentTimeMillis() - put.agoMillis());
    return new EventLine(put.counter(), put.event(), at);
  }

  private Changed change(Change change) {
    Decision decision = changer.change(change);
    return new Changed(change, decision, System.nanoTime());
  }
}
