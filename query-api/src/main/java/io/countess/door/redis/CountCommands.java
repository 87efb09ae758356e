package io.countess.door.redis;

import io.countess.door.redis.RedisCommand.Keys;
import io.countess.door.redis.Values.Written;
import io.countess.event.Held;
import io.countess.event.HeldNumber;
import io.countess.event.InvalidInputException;
import io.countess.event.Outcome;
import io.countess.event.Write;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** {@code INCR} and its like. */
final class CountCommands {
  private static final Told OVERFLOW = Told.invalid("ERR increment or decrement would overflow");
  private static final Told NO_FLOAT = Told.invalid("ERR value is not a valid float");
  private static final Told INFINITE = Told.invalid("ERR increment would produce NaN or Infinity");

  private final Values values;

  CountCommands(Values values) {
    this.values = values;
  }

  List<RedisCommand> all() {
    return List.of(
        RedisCommand.writing("incr", 2, Keys.ONE, call -> incr(call, 1)),
        RedisCommand.writing("decr", 2, Keys.ONE, call -> incr(call, -1)),
        RedisCommand.writing("incrby", 3, Keys.ONE, this::incrBy),
        RedisCommand.writing("decrby", 3, Keys.ONE, this::decrBy),
        RedisCommand.writing("incrbyfloat", 3, Keys.ONE, this::incrByFloat),
        RedisCommand.writing("increx", -2, Keys.ONE, new IncrexCommand(values)::increx));
  }

  private CompletionStage<Told> incrBy(Call call) {
    OptionalLong n = call.args().whole(2);
    return n.isEmpty() ? Refusals.NO_WHOLE.now() : incr(call, n.getAsLong());
  }

  private CompletionStage<Told> decrBy(Call call) {
    OptionalLong n = call.args().whole(2);
    if (n.isEmpty()) {
      return Refusals.NO_WHOLE.now();
    }
    return n.getAsLong() == Long.MIN_VALUE
        ? Told.invalid("ERR decrement would overflow").now()
        : incr(call, -n.getAsLong());
  }

  private CompletionStage<Told> incr(Call call, long n) {
    Write write = Write.of(new Write.Add(n));
    return values.write(call, call.args().get(1), write, CountCommands::whole);
  }

  private static Told whole(Written written) {
    return written.isDone()
        ? Told.of(Reply.whole(number(written.change().after()).longValueExact()))
        : whyNotWhole(written);
  }

  /** What is impossible is so since there is a fraction, or since 64 bits would be passed. */
  static Told whyNotWhole(Written written) {
    return HeldNumber.isWhole(number(written.change().before())) ? OVERFLOW : Refusals.NO_WHOLE;
  }

  private CompletionStage<Told> incrByFloat(Call call) {
    Optional<BigDecimal> n = Numerals.real(call.args().get(2));
    if (n.isEmpty()) {
      return NO_FLOAT.now();
    }
    try {
      Write write = Write.of(new Write.Add(n.get()));
      return values.write(call, call.args().get(1), write, CountCommands::real);
    } catch (InvalidInputException tooManyDigits) {
      return INFINITE.now();
    }
  }

  private static Told real(Written written) {
    return written.outcome() == Outcome.ACCEPTED
        ? Told.of(Numerals.shown(written.change().after()))
        : INFINITE;
  }

  static BigDecimal number(Optional<Held> held) {
    return held.map(Held::number).orElse(BigDecimal.ZERO);
  }
}
