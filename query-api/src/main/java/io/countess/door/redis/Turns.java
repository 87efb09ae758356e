package io.countess.door.redis;

import io.countess.door.redis.RedisCommand.Effect;
import io.countess.event.ByteString;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whose turn it is among the commands of one connection, by the keys that they touch. Those that
 * write are appended to the log in their order, so they may be under way together. One that reads a
 * key waits for those before it that write it, and one that writes for those that read it. One that
 * writes in several steps waits for all others on its keys, and they for it.
 */
final class Turns {
  private final Map<ByteString, Touching> keys = new HashMap<>();

  /** Those that touch any key, among them those that touch all. */
  private final Touching any = new Touching();

  private final Touching all = new Touching();

  /** How many there are of each effect. */
  private static final class Touching {
    private final int[] under = new int[Effect.values().length];

    void add(Effect effect, int change) {
      under[effect.ordinal()] += change;
    }

    /** Only what reads goes with what reads, and what writes with what writes. */
    boolean allows(Effect effect) {
      for (Effect other : Effect.values()) {
        boolean goesTogether = other == effect && effect != Effect.WRITE_IN_STEPS;
        if (under[other.ordinal()] > 0 && !goesTogether) {
          return false;
        }
      }
      return true;
    }

    boolean isNone() {
      return Arrays.stream(under).allMatch(count -> count == 0);
    }
  }

  /**
   * Whether a command may begin.
   *
   * @param touched its keys; empty for all of them
   */
  boolean allow(Effect effect, List<ByteString> touched) {
    if (effect.isAtOnce()) {
      return true;
    } else if (touched.isEmpty()) {
      return any.allows(effect);
    }
    return all.allows(effect)
        && touched.stream().allMatch(key -> !keys.containsKey(key) || keys.get(key).allows(effect));
  }

  void begin(Effect effect, List<ByteString> touched) {
    change(effect, touched, 1);
  }

  void end(Effect effect, List<ByteString> touched) {
    change(effect, touched, -1);
  }

  private void change(Effect effect, List<ByteString> touched, int change) {
    if (effect.isAtOnce()) {
      return;
    }
    any.add(effect, change);
    if (touched.isEmpty()) {
      all.add(effect, change);
    }
    for (ByteString key : touched) {
      Touching touching = keys.computeIfAbsent(key, none -> new Touching());
      touching.add(effect, change);
      if (touching.isNone()) {
        keys.remove(key);
      }
    }
  }
}
