package io.countess.door.redis;

import io.countess.door.DoorOutcome;
import io.countess.event.Amount;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Rate;
import io.countess.event.Terms;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * {@code CL.THROTTLE} of redis-cell. Its generic cell rate algorithm is a leaky bucket under
 * another name: the theoretical arrival time is the instant at which the bucket will be empty. So a
 * call is a put that brings a bucket, and the reply is read from its decision.
 */
final class ThrottleCommands {
  private static final String NAME = "cl.throttle";
  private static final String USAGE =
      "Cell error: Usage: cl.throttle <key> <max_burst> <count per period> <period> [<quantity>]";

  /** That there is nothing to wait for. */
  private static final long NO_WAIT = -1;

  private final KeySpace space;

  ThrottleCommands(KeySpace space) {
    this.space = space;
  }

  List<RedisCommand> all() {
    return List.of(RedisCommand.writing(NAME, -1, RedisCommand.Keys.ONE, this::throttle));
  }

  /** A call in numbers. */
  private record Wanted(long burst, long count, long period, long quantity) {
    static Wanted of(long[] numbers) {
      return new Wanted(numbers[0], numbers[1], numbers[2], numbers.length > 3 ? numbers[3] : 1);
    }

    long limit() {
      return burst + 1;
    }

    Event event() {
      var rate = new Rate(count, Duration.ofSeconds(period));
      var bucket = new Policy.Leaky(rate, OptionalLong.of(limit()), Terms.DEFAULT.lapsing());
      return new Event.Put(Amount.of(quantity), Optional.empty(), Optional.empty())
          .bringing(bucket);
    }
  }

  private CompletionStage<Told> throttle(Call call) {
    Args args = call.args();
    if (args.size() != 5 && args.size() != 6) {
      return Told.invalid(USAGE).now();
    }
    var numbers = new long[args.size() - 2];
    for (int i = 0; i < numbers.length; i++) {
      OptionalLong number = number(args.text(i + 2));
      if (number.isEmpty()) {
        return Told.invalidBytes("Cell error: Couldn't parse as integer: " + args.text(i + 2))
            .now();
      }
      numbers[i] = number.getAsLong();
    }
    Wanted wanted = Wanted.of(numbers);
    Optional<String> wrong = wrong(wanted);
    return wrong.isPresent()
        ? Told.invalid("Cell error: " + wrong.get()).now()
        : call.submit(space.counter(args.get(1)), wanted.event())
            .thenApply(response -> Told.of(response, decision -> told(wanted, decision)));
  }

  /** As Rust reads numbers: with either sign, and zeros before. */
  private static OptionalLong number(String text) {
    try {
      boolean isAscii = text.chars().allMatch(c -> c < 128);
      return isAscii ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    } catch (NumberFormatException none) {
      return OptionalLong.empty();
    }
  }

  private static Optional<String> wrong(Wanted wanted) {
    if (wanted.count == 0 || wanted.period == 0) {
      return Optional.of("Zero rates are not supported");
    } else if (wanted.count < 0 || wanted.period < 0) {
      return Optional.of("Negative rates are not supported");
    } else if (wanted.burst < -1 || wanted.burst == Long.MAX_VALUE) {
      return Optional.of("max_burst is " + wanted.burst + ", which is no burst");
    } else if (wanted.period > Rate.MAX_PERIOD.toSeconds()) {
      return Optional.of("period is " + wanted.period + ", which is longer than 400 days");
    }
    return wanted.quantity < 0
        ? Optional.of("quantity is " + wanted.quantity + ", and nothing is given back")
        : Optional.empty();
  }

  private static Told told(Wanted wanted, Decision decision) {
    boolean isTooMuch = wanted.quantity > wanted.limit() && decision.count().isPresent();
    boolean isRefused = decision.outcome() == Outcome.REFUSED;
    boolean isAccepted = decision.outcome() == Outcome.ACCEPTED;
    if (!isAccepted && !isRefused && !(isTooMuch && decision.limit().isPresent())) {
      return Told.no(DoorOutcome.INVALID, decision);
    }
    long level = decision.count().orElse(0);
    long left = Math.max(0, wanted.limit() - level);
    long free = decision.freeAfterMillis().orElse(0);
    // A limit that was lowered leaves more in the bucket than it holds.
    boolean isOver = wanted.quantity == 0 && level > wanted.limit();
    long wait = isOver ? free - drained(wanted) : decision.retryAfterMillis().orElse(NO_WAIT);
    boolean isThrottled = !isAccepted || isOver;
    Reply reply =
        Reply.many(
            Reply.whole(isThrottled ? 1 : 0),
            Reply.whole(wanted.limit()),
            Reply.whole(left),
            Reply.whole(isThrottled && wait >= 0 ? seconds(wait) : NO_WAIT),
            Reply.whole(seconds(free)));
    return new Told(isThrottled ? DoorOutcome.REFUSED : DoorOutcome.DONE, reply);
  }

  /** In how many milliseconds a full bucket drains. */
  private static long drained(Wanted wanted) {
    return (long)
        ((double) wanted.limit() * Duration.ofSeconds(wanted.period).toMillis() / wanted.count);
  }

  private static long seconds(long millis) {
    return Math.floorDiv(millis + 999, 1000);
  }
}
