package io.countess.client;

import io.countess.client.LimiterConfig.Fallback;
import io.countess.client.Verdict.Fate;
import io.countess.client.Verdict.Reason;
import io.countess.client.Verdict.Unheard;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import io.countess.event.codec.EventLine;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Asks the server whether something may pass, and decides itself where the server is not heard in
 * time: {@link LimiterConfig} says how. Such a verdict is marked, told to a listener, and counted.
 *
 * <p>A caller waits no longer than the time-out, and no more than so many callers wait at a time.
 * After some calls without an answer the server is left alone for a pause, and verdicts come at
 * once; then one call tries it again.
 *
 * <p>What passed without the server counts later where that can be exact: where the put certainly
 * did not arrive, or has an id. It is sent in the background under an id and with its time. A
 * server that has forgotten the id would count it twice, so what is older than five minutes is
 * given up.
 *
 * <p>Safe for any number of threads; one of these is enough for a process.
 */
public final class Limiter implements AutoCloseable {
  private final Counts counts;
  private final LimiterConfig config;
  private final Consumer<Verdict> listener;
  private final Clock clock;
  private final Semaphore places;
  private final Circuit circuit;
  private final Later later;
  private final LongAdder heard = new LongAdder();
  private final Map<Reason, LongAdder> unheard = new EnumMap<>(Reason.class);

  Limiter(
      Counts counts,
      LimiterConfig config,
      Consumer<Verdict> listener,
      Clock clock,
      LongSupplier nanos) {
    this.counts = counts.within(config.timeout());
    this.config = config;
    this.listener = listener;
    this.clock = clock;
    this.places = new Semaphore(config.mostWaiting());
    this.circuit = new Circuit(config.mostFailures(), config.pause().toNanos(), nanos);
    this.later = new Later(counts, config.mostLater(), config.pause(), clock);
    for (Reason reason : Reason.values()) {
      unheard.put(reason, new LongAdder());
    }
  }

  /** A limiter that asks through {@code counts}, which stays the caller's to close. */
  public static Limiter open(Counts counts, LimiterConfig config) {
    return open(counts, config, verdict -> {});
  }

  /**
   * The same.
   *
   * @param listener is told each verdict, on the thread of the caller, before the caller is
   */
  public static Limiter open(Counts counts, LimiterConfig config, Consumer<Verdict> listener) {
    return new Limiter(counts, config, listener, Clock.systemUTC(), System::nanoTime);
  }

  /** Whether {@code n} more may pass. */
  public Verdict ask(CounterName counter, long n) {
    return ask(Submission.of(counter, Event.Put.of(n)));
  }

  /**
   * The same of a put or a claim of any kind. One with an id can be sent later also where it is
   * unknown whether it arrived. (A counter remembers 10 000 ids at most.)
   */
  public Verdict ask(Submission submission) {
    requirePut(submission.event());
    var verdict = decide(submission);
    verdict.unheard().map(it -> unheard.get(it.reason())).orElse(heard).increment();
    listener.accept(verdict);
    return verdict;
  }

  /** What was decided so far. */
  public LimiterTally tally() {
    Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
    unheard.forEach(
        (reason, count) -> {
          if (count.sum() > 0) {
            reasons.put(reason, count.sum());
          }
        });
    var state = later.state();
    return new LimiterTally(
        heard.sum(), reasons, state.sent(), state.lost(), state.waiting(), circuit.isOpen());
  }

  /** Sends no more: puts that wait to be sent later are lost. */
  @Override
  public void close() {
    later.close();
  }

  private Verdict decide(Submission submission) {
    if (!places.tryAcquire()) {
      return without(submission, Reason.TOO_MANY_WAIT);
    }
    try {
      return circuit.admits() ? asked(submission) : without(submission, Reason.RESTING);
    } finally {
      places.release();
    }
  }

  private Verdict asked(Submission submission) {
    try {
      var decision = counts.decide(submission);
      circuit.succeeded();
      return Verdict.of(submission.event(), decision);
    } catch (ProblemException problem) {
      return onProblem(submission, problem);
    } catch (UncheckedIOException failure) {
      if (CommandSender.isInterrupt(failure)) {
        throw failure;
      }
      circuit.failed();
      boolean arrived = !CommandSender.neverArrived(failure);
      return without(Reason.NO_ANSWER, fate(submission, arrived), failure);
    }
  }

  /** A server that says no is there. One that says that it can't decide now is as good as away. */
  private Verdict onProblem(Submission submission, ProblemException problem) {
    int status = problem.problem().status();
    if (status < 500) {
      circuit.succeeded();
      return without(Reason.PROBLEM, Fate.NOT_COUNTED, problem);
    }
    circuit.failed();
    boolean arrived = status != 503 || !problem.problem().type().startsWith("urn:countess:");
    return without(Reason.PROBLEM, fate(submission, arrived), problem);
  }

  private Verdict without(Submission submission, Reason reason) {
    return without(reason, fate(submission, false), null);
  }

  private Verdict without(Reason reason, Fate fate, RuntimeException failure) {
    var why = new Unheard(reason, fate, Optional.ofNullable(failure));
    return Verdict.without(mayPass(), why);
  }

  private boolean mayPass() {
    return config.fallback() == Fallback.OPEN;
  }

  /** What is not let through need not count. */
  private Fate fate(Submission submission, boolean mayHaveArrived) {
    boolean isExact = !mayHaveArrived || submission.event().id().isPresent();
    if (mayPass() && isExact && later.offer(line(submission))) {
      return Fate.SENT_LATER;
    }
    return mayHaveArrived ? Fate.UNKNOWN : Fate.NOT_COUNTED;
  }

  private EventLine line(Submission submission) {
    var event = submission.event();
    var known = event.id().isPresent() ? event : event.withId(Optional.of(Claims.newId()));
    long at = submission.at().map(it -> it.toEpochMilli()).orElseGet(clock::millis);
    return new EventLine(submission.counter(), known, OptionalLong.of(at));
  }

  private static void requirePut(Event event) {
    if (!(event instanceof Event.Put || event instanceof Event.Claim)) {
      throw new InvalidInputException("event", "is " + event + "; it must be a put or a claim");
    }
  }
}
