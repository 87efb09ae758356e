package io.countess.query;

import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.NamespacePatterns;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * An event that wants to happen.
 *
 * @param counter what it is about; for a policy, {@link CounterName#policyOf}
 * @param atMillis when it happened; empty for now
 * @param asOfLog whether that may be longer ago than {@link #MAX_AGE}
 * @param ack what the sender waits for
 * @param within how long it waits
 */
public record Command(
    CounterName counter,
    Event event,
    OptionalLong atMillis,
    boolean asOfLog,
    Ack ack,
    Duration within) {
  /**
   * How long ago an event may have happened, unless its sender says that it may be longer. The log
   * takes no older timestamps.
   */
  public static final Duration MAX_AGE = Duration.ofDays(6);

  /** One that happened no longer ago than {@link #MAX_AGE}. */
  public Command(
      CounterName counter, Event event, OptionalLong atMillis, Ack ack, Duration within) {
    this(counter, event, atMillis, false, ack, within);
  }

  /** What the sender of a command waits for. */
  public enum Ack {
    /** The log has it. */
    LOGGED,
    /** The fold has decided it; a policy change has been applied by all partitions. */
    APPLIED,
    /**
     * The same, of one of many whose sender waits for all of them: they may travel, and be
     * answered, several at a time.
     */
    APPLIED_IN_BULK;

    /** Whether the sender is told what the fold decided. */
    public boolean isDecided() {
      return this != LOGGED;
    }
  }

  /** The same command of a sender who waits for something else. */
  public Command acked(Ack other) {
    return new Command(counter, event, atMillis, asOfLog, other, within);
  }

  /** The same command with another deadline. */
  public Command in(Duration newWithin) {
    return new Command(counter, event, atMillis, asOfLog, ack, newWithin);
  }

  /**
   * The command of somebody who may change only these namespaces: where it names no others, told to
   * keep within them; else empty.
   */
  public Optional<Command> within(NamespacePatterns patterns) {
    return patterns.coverAll(namespaces())
        ? Optional.of(new Command(counter, event.within(patterns), atMillis, asOfLog, ack, within))
        : Optional.empty();
  }

  /** Whether it happened longer ago than it may have. */
  public boolean isTooOld(long nowMillis) {
    return !asOfLog
        && atMillis.isPresent()
        && atMillis.getAsLong() < nowMillis - MAX_AGE.toMillis();
  }

  /** The namespaces that it names; empty where it is about the service as a whole. */
  public Set<ByteString> namespaces() {
    return event.namespaces(counter);
  }

  /** A command that happens now and waits for its decision. */
  public static Command of(CounterName counter, Event event) {
    return new Command(counter, event, OptionalLong.empty(), Ack.APPLIED, Demand.DEFAULT_DEADLINE);
  }
}
