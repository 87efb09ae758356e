package io.countess.door.redis;

import io.countess.door.redis.RedisCommand.Effect;
import io.countess.event.ByteString;
import java.util.ArrayList;
import java.util.List;

/** What a connection has sent since its {@code MULTI}. Only its event loop changes it. */
final class Transaction {
  /** How many commands wait for their {@code EXEC}. */
  static final int MOST_COMMANDS = 1024;

  /** How many bytes they have together: no record holds more. */
  static final int MOST_BYTES = 64 * 1024;

  private final List<Queued> queued = new ArrayList<>();
  private int bytes;
  private boolean isBroken;

  /** A command that waits, and what it was sent with. */
  record Queued(RedisCommand command, Args args) {}

  /**
   * Lets a command wait. Of one that is broken off nothing is kept.
   *
   * @return whether there is room for it
   */
  boolean queue(RedisCommand command, Args args) {
    if (isBroken) {
      return true;
    }
    bytes += args.all().stream().mapToInt(ByteString::size).sum();
    boolean fits = queued.size() < MOST_COMMANDS && bytes <= MOST_BYTES;
    if (fits) {
      queued.add(new Queued(command, args));
    } else {
      breakOff();
    }
    return fits;
  }

  /** Nothing of it will be done, since one of its commands was not taken. */
  void breakOff() {
    isBroken = true;
    queued.clear();
  }

  boolean isBroken() {
    return isBroken;
  }

  List<Queued> queued() {
    return List.copyOf(queued);
  }

  /** Whether it may change keys. */
  boolean writes() {
    return queued.stream().map(it -> it.command().effect()).anyMatch(Transaction::writes);
  }

  private static boolean writes(Effect effect) {
    return effect == Effect.WRITE || effect == Effect.WRITE_IN_STEPS;
  }

  /** Whether it touches keys. */
  boolean touchesKeys() {
    return queued.stream().anyMatch(it -> !it.command().effect().isAtOnce());
  }

  /** Those that it touches. */
  List<ByteString> keys() {
    return queued.stream()
        .filter(it -> !it.command().effect().isAtOnce())
        .flatMap(it -> it.command().keysOf(it.args()).stream())
        .distinct()
        .toList();
  }
}
