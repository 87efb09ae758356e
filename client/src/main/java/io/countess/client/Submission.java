package io.countess.client;

import io.countess.event.Batch;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import io.countess.event.Write;
import io.countess.event.codec.EventBody;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A put, a set, a write, a reset or a release of one counter; a claim or a batch.
 *
 * @param counter of a claim or a batch its first
 * @param at when it happened; empty for now. A reset and a release happen now
 */
public record Submission(CounterName counter, Event event, Optional<Instant> at) {
  private static final Target CLAIMS = Target.of("/v1/claims");
  private static final Target BATCHES = Target.of("/v1/batches");

  /**
   * Checks that it is about counters, those of a claim or a batch in one partition, and that its id
   * can be sent.
   */
  public Submission {
    boolean isNow = event instanceof Event.Reset || event instanceof Event.Release;
    boolean isTimed =
        event instanceof Event.Put
            || event instanceof Event.SetValue
            || event instanceof Write
            || event.first().isPresent();
    if (!isNow && !isTimed) {
      throw new InvalidInputException(
          "event", "is " + event + "; it must be put, set, write, reset, release, claim or batch");
    }
    requireFirst(event, counter);
    if (isNow && at.isPresent()) {
      String op = event instanceof Event.Reset ? "reset" : "release";
      throw new InvalidInputException("at", "is not for a %s, which happens now".formatted(op));
    }
    if (event instanceof Event.Reset && !event.id().map(Command::fitsIntoHeader).orElse(true)) {
      throw new InvalidInputException(
          "id", "of a reset must be visible ASCII that does not start with a quotation mark");
    }
  }

  private static void requireFirst(Event event, CounterName counter) {
    event.requireTogether();
    if (!event.first().orElse(counter).equals(counter)) {
      throw new InvalidInputException("counter", "is not the first of those that the event names");
    }
  }

  /** A claim that happens now. */
  public static Submission of(Event.Claim claim) {
    return of(claim.counter(), claim);
  }

  /** A batch that happens now. */
  public static Submission of(Batch batch) {
    return of(batch.counter(), batch);
  }

  /** An event that happens now. */
  public static Submission of(CounterName counter, Event event) {
    return new Submission(counter, event, Optional.empty());
  }

  /** An event that happened at {@code at}. */
  public static Submission of(CounterName counter, Event event, Instant at) {
    return new Submission(counter, event, Optional.of(at));
  }

  /**
   * The command.
   *
   * @param ack {@code applied} or {@code logged}
   */
  Command command(String ack) {
    if (event.first().isPresent()) {
      Target several = event instanceof Batch ? BATCHES : CLAIMS;
      return command("POST", several.with("ack", ack), event, at);
    }
    var target = Target.counter(counter);
    var place = below(target).with("ack", ack);
    if (event instanceof Event.Reset) {
      var reset = Command.of("DELETE", place, Optional.empty());
      return event.id().map(reset::withIdHeader).orElse(reset);
    }
    return command(event instanceof Event.SetValue ? "PUT" : "POST", place, event, at);
  }

  /** Where it is sent to: some ops have a path of their own. */
  private Target below(Target target) {
    if (event instanceof Event.Release) {
      return target.below("release");
    }
    return event instanceof Write ? target.below("write") : target;
  }

  /** A command with the id of {@code event} in its header where it can stand there. */
  private static Command command(String method, Target target, Event event, Optional<Instant> at) {
    var atMillis = at.isPresent() ? OptionalLong.of(at.get().toEpochMilli()) : OptionalLong.empty();
    var id = event.id();
    boolean inHeader = id.map(Command::fitsIntoHeader).orElse(false);
    var sent = inHeader ? event.withId(Optional.empty()) : event;
    var command = Command.of(method, target, Optional.of(new EventBody(sent, atMillis).encode()));
    if (inHeader) {
      return command.withIdHeader(id.get());
    }
    return id.map(command::withIdInBody).orElse(command);
  }
}
