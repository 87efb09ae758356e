package io.countess.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countess.client.Submission;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Held;
import io.countess.event.HeldChange;
import io.countess.event.HeldNumber;
import io.countess.event.Outcome;
import io.countess.event.Write;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Assumptions;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Writes values by the commands of Redis. What these can't say ends a test as not to be asked here:
 * an id, or when something happened.
 */
final class RedisCaller implements AutoCloseable {
  private final Jedis jedis;

  RedisCaller(int port) {
    jedis = new Jedis("127.0.0.1", port);
  }

  @Override
  public void close() {
    jedis.close();
  }

  /** The commands don't tell what was there before: that is asked before, and after. */
  Decision decide(Submission submission) {
    Event event = submission.event();
    Assumptions.assumeTrue(submission.at().isEmpty(), "RESP has no place for a time");
    Assumptions.assumeTrue(event.id().isEmpty(), "RESP has no place for an id");
    String key = key(submission.counter());
    Optional<Held> before = Optional.empty();
    try {
      before = held(key);
      Object reply = send(command(key, event));
      Optional<Held> after = held(key);
      return decision(isDone(event, reply, before, after), before, after, Optional.empty());
    } catch (JedisDataException error) {
      return decision(Outcome.IMPOSSIBLE, before, before, Optional.of(error.getMessage()));
    }
  }

  /** By {@code --redis-namespace :}. */
  private static String key(CounterName counter) {
    return counter.namespace().text().orElseThrow() + ":" + counter.key().text().orElseThrow();
  }

  private Optional<Held> held(String key) {
    String number = jedis.get(key);
    if (number == null) {
      return Optional.empty();
    }
    long end = jedis.pexpireTime(key);
    return Optional.of(
        new Held(new BigDecimal(number), end < 0 ? OptionalLong.empty() : OptionalLong.of(end)));
  }

  private Object send(List<String> words) {
    byte[][] arguments =
        words.stream().skip(1).map(word -> word.getBytes(UTF_8)).toArray(byte[][]::new);
    return jedis.sendCommand(() -> words.get(0).getBytes(UTF_8), arguments);
  }

  private static Outcome isDone(
      Event event, Object reply, Optional<Held> before, Optional<Held> after) {
    boolean isNil = reply == null;
    boolean isZero = reply instanceof Long n && n == 0;
    boolean isBounded = reply instanceof List<?>;
    boolean isEnd = event instanceof Write write && write.change().isEmpty();
    boolean isDeletion = event instanceof Event.Reset;
    boolean nothing = isNil || isEnd && isZero || isBounded && before.equals(after);
    return nothing && !isDeletion ? Outcome.REFUSED : Outcome.ACCEPTED;
  }

  private static Decision decision(
      Outcome outcome, Optional<Held> before, Optional<Held> after, Optional<String> reason) {
    BigDecimal number = after.map(Held::number).orElse(BigDecimal.ZERO);
    boolean whole = HeldNumber.isWhole(number);
    var details =
        new Decision.Details(
            false,
            false,
            false,
            OptionalLong.empty(),
            whole
                ? Optional.empty()
                : Optional.of(
                    new Decision.GaugeValue(number.doubleValue(), OptionalDouble.empty())),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new HeldChange(before, after)));
    return new Decision(
        outcome,
        reason,
        whole ? OptionalLong.of(number.longValueExact()) : OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        System.currentTimeMillis(),
        Optional.empty(),
        details);
  }

  private static List<String> command(String key, Event event) {
    if (event instanceof Event.Put put) {
      return List.of("INCRBY", key, "" + put.n().whole());
    } else if (event instanceof Event.SetValue set) {
      return List.of("SET", key, "" + set.value().whole());
    } else if (event instanceof Event.Reset) {
      return List.of("DEL", key);
    } else if (event instanceof Write write) {
      return write.change().map(it -> change(key, write, it)).orElseGet(() -> end(key, write));
    }
    return Assumptions.abort("RESP has no command for " + event);
  }

  private static List<String> change(String key, Write write, Write.Change change) {
    return change instanceof Write.Add add
        ? add(key, add)
        : replace(key, write, (Write.Replace) change);
  }

  private static List<String> add(String key, Write.Add add) {
    boolean whole = add.n().scale() == 0;
    String n = add.n().toPlainString();
    if (add.min().isEmpty() && add.max().isEmpty()) {
      return List.of(whole ? "INCRBY" : "INCRBYFLOAT", key, n);
    }
    var words = new ArrayList<>(List.of("INCREX", key, whole ? "BYINT" : "BYFLOAT", n));
    add.min().ifPresent(min -> words.addAll(List.of("LBOUND", min.toPlainString())));
    add.max().ifPresent(max -> words.addAll(List.of("UBOUND", max.toPlainString())));
    if (add.saturates()) {
      words.add("SATURATE");
    }
    return words;
  }

  private static List<String> replace(String key, Write write, Write.Replace with) {
    if (with.number().isEmpty()) {
      return List.of("DEL", key);
    }
    var words = new ArrayList<>(List.of("SET", key, with.number().get().toPlainString()));
    switch (write.onlyIf()) {
      case ABSENT -> words.add("NX");
      case PRESENT -> words.add("XX");
      case ANY -> {}
    }
    write
        .expiry()
        .ifPresent(
            it -> words.addAll(List.of("PX", "" + ((Write.After) it.end()).ttl().toMillis())));
    return words;
  }

  private static List<String> end(String key, Write write) {
    Write.End end = write.expiry().orElseThrow().end();
    if (end instanceof Write.After after) {
      return List.of("PEXPIRE", key, "" + after.ttl().toMillis());
    }
    return end instanceof Write.At at
        ? List.of("PEXPIREAT", key, "" + at.millis())
        : List.of("PERSIST", key);
  }
}
