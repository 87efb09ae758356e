package io.countess.door.redis;

import io.countess.event.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A command that the door knows.
 *
 * @param name as errors show it, which is in lower case for most
 * @param arity how many arguments it has with its name; below 0 for at least so many
 * @param effect what it does to counters
 * @param keys where its keys stand
 * @param inMulti what becomes of it between {@code MULTI} and {@code EXEC}
 * @param action what it does; its stage never fails for an expected reason
 */
record RedisCommand(
    String name,
    int arity,
    Effect effect,
    Keys keys,
    InMulti inMulti,
    Function<Call, CompletionStage<Told>> action) {
  /** One that waits for {@code EXEC}, or if it is done in several steps can't. */
  RedisCommand(
      String name,
      int arity,
      Effect effect,
      Keys keys,
      Function<Call, CompletionStage<Told>> action) {
    this(name, arity, effect, keys, usual(effect, keys), action);
  }

  private static InMulti usual(Effect effect, Keys keys) {
    boolean isOfAll = !effect.isAtOnce() && keys.first() == 0;
    return effect == Effect.WRITE_IN_STEPS || isOfAll ? InMulti.REFUSED : InMulti.QUEUED;
  }

  /** What becomes of a command between {@code MULTI} and {@code EXEC}. */
  enum InMulti {
    /** It waits. */
    QUEUED,
    /** It is done at once. */
    AT_ONCE,
    /** It is not taken: it is no event of a batch, and no question of one counter. */
    REFUSED
  }

  /** The same command with another fate there. */
  RedisCommand inMulti(InMulti other) {
    return new RedisCommand(name, arity, effect, keys, other, action);
  }

  /** What a command does to counters. */
  enum Effect {
    /** Nothing: it is about the connection or the server, and done at once. */
    NONE,
    /** The same, and whoever has not logged in may send it. */
    NONE_UNKNOWN,
    /** It reads some. */
    READ,
    /** It changes some by one record, which it submits before it returns. */
    WRITE,
    /** It changes some by several records, or after it has read some. */
    WRITE_IN_STEPS;

    boolean isAtOnce() {
      return this == NONE || this == NONE_UNKNOWN;
    }
  }

  /**
   * Where keys stand among the arguments, as {@code COMMAND INFO} tells it.
   *
   * @param first the index of the first; 0 where there is none, which for a command that reads or
   *     writes means all keys
   * @param last the index of the last, counted from behind where it is below 0
   * @param step from one to the next
   */
  record Keys(int first, int last, int step) {
    static final Keys NONE = new Keys(0, 0, 0);
    static final Keys ONE = new Keys(1, 1, 1);
    static final Keys TWO = new Keys(1, 2, 1);
    static final Keys ALL = new Keys(1, -1, 1);
  }

  static RedisCommand of(String name, int arity, Function<Call, Told> action) {
    return new RedisCommand(name, arity, Effect.NONE, Keys.NONE, call -> action.apply(call).now());
  }

  /** One that whoever has not logged in may send. */
  static RedisCommand ofAnyone(String name, int arity, Function<Call, Told> action) {
    return new RedisCommand(
        name, arity, Effect.NONE_UNKNOWN, Keys.NONE, call -> action.apply(call).now());
  }

  static RedisCommand reading(
      String name, int arity, Keys keys, Function<Call, CompletionStage<Told>> action) {
    return new RedisCommand(name, arity, Effect.READ, keys, action);
  }

  static RedisCommand writing(
      String name, int arity, Keys keys, Function<Call, CompletionStage<Told>> action) {
    return new RedisCommand(name, arity, Effect.WRITE, keys, action);
  }

  static RedisCommand inSteps(
      String name, int arity, Keys keys, Function<Call, CompletionStage<Told>> action) {
    return new RedisCommand(name, arity, Effect.WRITE_IN_STEPS, keys, action);
  }

  /** The name in lower case, by which it is found. */
  String word() {
    return name.toLowerCase(Locale.ROOT);
  }

  boolean takes(int args) {
    return arity < 0 ? args >= -arity : args == arity;
  }

  /** The keys of a request that has the right number of arguments; empty for all keys. */
  List<ByteString> keysOf(Args args) {
    var all = new ArrayList<ByteString>();
    int last = keys.last() < 0 ? args.size() + keys.last() : keys.last();
    last = Math.min(last, args.size() - 1);
    for (int i = keys.first(); i > 0 && i <= last; i += keys.step()) {
      all.add(args.get(i));
    }
    return all;
  }
}
