package io.countess.door.redis;

import io.countess.answer.Count;
import io.countess.door.redis.RedisCommand.Effect;
import io.countess.door.redis.RedisCommand.InMulti;
import io.countess.door.redis.RedisCommand.Keys;
import io.countess.door.redis.Values.Written;
import io.countess.event.ByteString;
import io.countess.event.Write;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** {@code GET}, {@code SET} and their like, of strings that are numbers. */
final class StringCommands {
  private static final Told NO_NUMBER =
      Told.invalid(
          "ERR value is not a number of at most 21 digits before the point and 17 behind it, and"
              + " this server holds no others");

  private final Values values;

  StringCommands(Values values) {
    this.values = values;
  }

  List<RedisCommand> all() {
    return List.of(
        RedisCommand.reading("get", 2, Keys.ONE, this::get),
        RedisCommand.reading("mget", -2, Keys.ALL, this::getMany),
        RedisCommand.writing("set", -3, Keys.ONE, this::set),
        RedisCommand.writing("setnx", 3, Keys.ONE, this::setIfAbsent),
        RedisCommand.writing("setex", 4, Keys.ONE, call -> setEnding(call, Ends.EX, "setex")),
        RedisCommand.writing("psetex", 4, Keys.ONE, call -> setEnding(call, Ends.PX, "psetex")),
        RedisCommand.writing("getset", 3, Keys.ONE, this::getAndSet),
        RedisCommand.writing("getdel", 2, Keys.ONE, this::getAndDelete),
        new RedisCommand("getex", -2, Effect.WRITE_IN_STEPS, Keys.ONE, this::getAndExpire)
            .inMulti(InMulti.QUEUED));
  }

  private CompletionStage<Told> get(Call call) {
    return values.askValue(call, call.args().get(1), StringCommands::shown);
  }

  private static Told shown(Count count) {
    return Told.of(Numerals.shown(count.held()));
  }

  /** Counters of other kinds are nothing here, as lists are to Redis. */
  private CompletionStage<Told> getMany(Call call) {
    return Values.all(
        call.args().all().stream()
            .skip(1)
            .map(key -> values.ask(call, key, StringCommands::shown))
            .toList(),
        Reply.Many::new);
  }

  private CompletionStage<Told> set(Call call) {
    var options = new SetOptions(call.args());
    options.read();
    if (options.wrong() != null) {
      return options.wrong().now();
    }
    return set(
        call,
        call.args().get(2),
        number -> options.write(number),
        written -> told(written, options.gets()));
  }

  private static Told told(Written written, boolean gets) {
    if (gets) {
      return before(written);
    }
    return Told.of(written.isDone() ? Reply.OK : Reply.Nil.STRING);
  }

  private CompletionStage<Told> set(
      Call call,
      ByteString value,
      Function<BigDecimal, Write> write,
      Function<Written, Told> words) {
    Optional<BigDecimal> number = Numerals.held(value);
    return number.isEmpty()
        ? NO_NUMBER.now()
        : values.write(call, call.args().get(1), write.apply(number.get()), words);
  }

  private static Write write(BigDecimal number) {
    return Write.of(new Write.Replace(Optional.of(number)));
  }

  private CompletionStage<Told> setIfAbsent(Call call) {
    return set(
        call,
        call.args().get(2),
        number -> write(number).onlyIf(Write.If.ABSENT),
        written -> Told.of(Reply.whole(written.isDone() ? 1 : 0)));
  }

  private CompletionStage<Told> setEnding(Call call, Ends unit, String command) {
    Ends.Given end = unit.option(call.args(), 2, command);
    if (end.wrong() != null) {
      return end.wrong().now();
    }
    return set(
        call,
        call.args().get(3),
        number -> write(number).ending(Write.Expiry.of(end.end())),
        written -> Told.of(Reply.OK));
  }

  private CompletionStage<Told> getAndSet(Call call) {
    return set(call, call.args().get(2), StringCommands::write, StringCommands::before);
  }

  private CompletionStage<Told> getAndDelete(Call call) {
    return values.write(call, call.args().get(1), KeyCommands.DELETE, StringCommands::before);
  }

  private static Told before(Written written) {
    return Told.of(Numerals.shown(written.change().before()));
  }

  private CompletionStage<Told> getAndExpire(Call call) {
    Args args = call.args();
    if (args.size() == 2) {
      return get(call);
    }
    if (args.size() == 3 && args.is(2, "persist")) {
      return expire(call, new Write.Never());
    }
    Optional<Ends> unit = Ends.of(args.word(2));
    if (unit.isEmpty() || args.size() != 4) {
      return Refusals.SYNTAX.now();
    }
    Ends.Given end = unit.get().option(args, 3, "getex");
    return end.wrong() != null ? end.wrong().now() : expire(call, end.end());
  }

  private CompletionStage<Told> expire(Call call, Write.End end) {
    return values.write(
        call, call.args().get(1), Write.of(Write.Expiry.of(end)), StringCommands::before);
  }
}
