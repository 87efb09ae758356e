package io.countess.door.redis;

import io.countess.answer.Count;
import io.countess.door.redis.RedisCommand.Keys;
import io.countess.event.Held;
import io.countess.event.Write;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.LongBinaryOperator;

/** {@code EXPIRE}, {@code TTL} and their like. */
final class ExpireCommands {
  private static final int NO_KEY = -2;
  private static final int NO_END = -1;

  private final Values values;

  ExpireCommands(Values values) {
    this.values = values;
  }

  List<RedisCommand> all() {
    return List.of(
        expiring("expire", Ends.EX),
        expiring("pexpire", Ends.PX),
        expiring("expireat", Ends.EXAT),
        expiring("pexpireat", Ends.PXAT),
        RedisCommand.writing("persist", 2, Keys.ONE, this::persist),
        telling("ttl", (end, now) -> seconds(Math.max(0, end - now))),
        telling("pttl", (end, now) -> Math.max(0, end - now)),
        telling("expiretime", (end, now) -> seconds(end)),
        telling("pexpiretime", (end, now) -> end));
  }

  private static long seconds(long millis) {
    return (millis + 500) / 1000;
  }

  private RedisCommand telling(String name, LongBinaryOperator words) {
    return RedisCommand.reading(
        name,
        2,
        Keys.ONE,
        call -> values.ask(call, call.args().get(1), count -> told(count, words)));
  }

  private static Told told(Count count, LongBinaryOperator words) {
    if (!count.exists()) {
      return Told.of(Reply.whole(NO_KEY));
    }
    OptionalLong end = count.held().map(Held::endMillis).orElse(OptionalLong.empty());
    return Told.of(
        Reply.whole(
            end.isPresent() ? words.applyAsLong(end.getAsLong(), count.atMillis()) : NO_END));
  }

  private CompletionStage<Told> persist(Call call) {
    return write(call, new Write.Expiry(new Write.Never(), Write.EndIf.PRESENT));
  }

  private CompletionStage<Told> write(Call call, Write.Expiry expiry) {
    return values.write(
        call,
        call.args().get(1),
        Write.of(expiry),
        written -> Told.of(Reply.whole(written.isDone() ? 1 : 0)));
  }

  /** What an end may depend on. */
  private enum Flag {
    NX,
    XX,
    GT,
    LT
  }

  private RedisCommand expiring(String name, Ends unit) {
    return RedisCommand.writing(name, -3, Keys.ONE, call -> expire(call, unit, name));
  }

  private CompletionStage<Told> expire(Call call, Ends unit, String name) {
    Args args = call.args();
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    for (int i = 3; i < args.size(); i++) {
      try {
        flags.add(Flag.valueOf(args.text(i).toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException unknown) {
        return Told.invalidBytes("ERR Unsupported option " + args.text(i)).now();
      }
    }
    Told wrong = wrong(flags);
    if (wrong != null) {
      return wrong.now();
    }
    OptionalLong number = args.whole(2);
    if (number.isEmpty()) {
      return Refusals.NO_WHOLE.now();
    }
    Ends.Given end = unit.end(number.getAsLong(), name);
    return end.wrong() != null
        ? end.wrong().now()
        : write(call, new Write.Expiry(end.end(), when(flags)));
  }

  private static Told wrong(Set<Flag> flags) {
    if (flags.contains(Flag.NX) && flags.size() > 1) {
      return Told.invalid("ERR NX and XX, GT or LT options at the same time are not compatible");
    }
    if (flags.contains(Flag.GT) && flags.contains(Flag.LT)) {
      return Told.invalid("ERR GT and LT options at the same time are not compatible");
    }
    return null;
  }

  /** A key without an end never gets a later one, so XX goes without saying beside GT. */
  private static Write.EndIf when(Set<Flag> flags) {
    if (flags.contains(Flag.GT)) {
      return Write.EndIf.LATER;
    } else if (flags.contains(Flag.LT)) {
      return flags.contains(Flag.XX) ? Write.EndIf.PRESENT_SOONER : Write.EndIf.SOONER;
    } else if (flags.contains(Flag.NX)) {
      return Write.EndIf.ABSENT;
    }
    return flags.contains(Flag.XX) ? Write.EndIf.PRESENT : Write.EndIf.ANY;
  }
}
