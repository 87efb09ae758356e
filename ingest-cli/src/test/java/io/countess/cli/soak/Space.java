package io.countess.cli.soak;

import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Policy;
import io.countess.event.Policy.Mode;
import io.countess.event.Policy.Terms;
import io.countess.event.Rate;
import io.countess.event.WindowPeriod;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The namespaces of the soak: every kind, with limits and without. */
enum Space {
  CALLS(new Policy.Expiring(Duration.ofSeconds(3), none(), terms(Mode.ENFORCE))),
  LOGINS(new Policy.Expiring(Duration.ofSeconds(20), some(15), terms(Mode.ENFORCE))),
  WATCHED(new Policy.Expiring(Duration.ofSeconds(20), some(15), terms(Mode.OBSERVE))),
  /** A rate of whole numbers a millisecond, so that releases are not rounded. */
  BUCKET(new Policy.Leaky(Rate.parse("1000/s"), some(20_000), terms(Mode.ENFORCE))),
  DRIP(new Policy.Leaky(Rate.parse("70/m"), some(12), terms(Mode.ENFORCE))),
  MINUTE(window("10s", none(), some(12))),
  DAY(window("day", some(6), none())),
  STOCK(new Policy.Total(5, some(0), some(40), some(9), none(), terms(Mode.ENFORCE))),
  QUOTA(new Policy.Total(0, none(), none(), none(), some(30), terms(Mode.ENFORCE))),
  HOLD(new Policy.Expiring(Duration.ofSeconds(15), some(20), terms(Mode.ENFORCE))),
  HEAT(
      new Policy.Gauge(
          Optional.empty(),
          OptionalDouble.of(-50),
          OptionalDouble.of(50),
          OptionalDouble.empty(),
          terms(Mode.ENFORCE)));

  private final Policy policy;

  Space(Policy policy) {
    this.policy = policy;
  }

  Policy policy() {
    return policy;
  }

  ByteString namespace() {
    return ByteString.utf8(name().toLowerCase(Locale.ROOT));
  }

  CounterName counter(String key) {
    return new CounterName(namespace(), ByteString.utf8(key));
  }

  static Space of(CounterName counter) {
    for (Space space : values()) {
      if (space.namespace().equals(counter.namespace())) {
        return space;
      }
    }
    throw new IllegalArgumentException(counter.toString());
  }

  private static Policy window(String period, OptionalLong maxDelta, OptionalLong limit) {
    var length = WindowPeriod.parse(period);
    return new Policy.Window(length, ZoneOffset.UTC, none(), maxDelta, limit, terms(Mode.ENFORCE));
  }

  /** Ids are remembered for longer than any client goes on to try. */
  private static Terms terms(Mode mode) {
    return new Terms(mode, Duration.ofMinutes(20));
  }

  private static OptionalLong none() {
    return OptionalLong.empty();
  }

  private static OptionalLong some(long n) {
    return OptionalLong.of(n);
  }
}
