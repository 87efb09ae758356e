package io.countess.door.redis;

import io.countess.door.KeysConfig;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.InvalidInputException;
import java.util.Optional;

/**
 * How the Redis door is served.
 *
 * @param bind the address to listen on
 * @param port 0 for any free one
 * @param namespace that all keys are in; empty where each key names its own before its first colon
 */
public record RedisConfig(String bind, int port, Optional<ByteString> namespace) {
  /** Where Redis itself listens. */
  public static final int PORT = 6379;

  /** The namespace of keys, unless it is set. */
  public static final String NAMESPACE = "redis";

  /** What stands for a namespace that each key names itself. */
  public static final String BY_PREFIX = ":";

  /** Checks the port and the namespace. */
  public RedisConfig {
    if (port < 0 || port > 65_535) {
      throw new InvalidInputException("redis-port", "is " + port + "; it must be 0 to 65535");
    }
    namespace.ifPresent(RedisConfig::requireNamespace);
  }

  /** Keys in one namespace. */
  public static RedisConfig on(String bind, int port, String namespace) {
    return new RedisConfig(
        bind,
        port,
        namespace.equals(BY_PREFIX)
            ? Optional.empty()
            : Optional.of(ByteString.utf8("redis-namespace", namespace)));
  }

  private static void requireNamespace(ByteString namespace) {
    try {
      var unused = new CounterName(namespace, ByteString.EMPTY);
    } catch (InvalidInputException broken) {
      throw new InvalidInputException("redis-namespace", broken.rule());
    }
  }

  /**
   * Checks that nobody beyond this machine is let in without having to show a key.
   *
   * @throws InvalidInputException where it is so, and nobody said that this is meant
   */
  void requireGuard(KeysConfig keys) {
    if (!keys.asks() && !keys.insecure() && !KeysConfig.isLoopback("redis-bind", bind)) {
      throw new InvalidInputException(
          "redis-bind",
          "is %s, where others can reach it: give --api-keys FILE, or --insecure to let everyone in"
              .formatted(bind));
    }
  }
}
