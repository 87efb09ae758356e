package io.countess.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PolicyTest {
  private static final OptionalLong NONE = OptionalLong.empty();

  @Test
  void shouldExpireAfterAMinuteByDefault() {
    assertThat(Policy.DEFAULT).isEqualTo(new Policy.Expiring(Duration.ofSeconds(60), NONE));
    assertThat(Policy.DEFAULT.kind()).isEqualTo("expiring");
    assertThat(Policy.DEFAULT.limit()).isEmpty();
  }

  @Test
  void shouldBoundTheTimeToLive() {
    assertThat(new Policy.Expiring(Duration.ofDays(400), NONE).ttl()).isEqualTo(Policy.MAX_TTL);
    assertRefused(() -> new Policy.Expiring(Duration.ofDays(401), NONE), "ttl is 401d; it may");
    assertRefused(() -> new Policy.Expiring(Duration.ZERO, NONE), "ttl is 0s; it must be longer");
    assertRefused(() -> new Event.Put(1, Optional.of(Duration.ofNanos(1))), "ttl is 0.000000001s");
  }

  @Test
  void shouldRefuseNegativeLimits() {
    var minus = OptionalLong.of(-1);
    var rate = Rate.parse("1/s");
    assertRefused(() -> new Policy.Expiring(Policy.MAX_TTL, minus), "limit is -1; it must not be");
    assertRefused(() -> new Policy.Leaky(rate, minus), "capacity is -1; it must not be negative");
    assertRefused(() -> new Policy.Total(0, NONE, NONE, NONE, minus), "limit is -1; it must not");
  }

  @Test
  void shouldBoundACapacitySoThatItsLevelFitsInto64Bits() {
    long most = Long.MAX_VALUE / 86_400_000;
    assertThat(new Policy.Leaky(Rate.parse("1/d"), OptionalLong.of(most)).limit()).hasValue(most);
    assertRefused(
        () -> new Policy.Leaky(Rate.parse("1/d"), OptionalLong.of(most + 1)),
        "capacity is %d; with a rate of 1/d it may be at most %d".formatted(most + 1, most));
  }

  @Test
  void shouldLetATotalStartWithinItsBoundsOnly() {
    assertThat(total(5, 5, 5).initial()).isEqualTo(5);
    assertRefused(() -> total(4, 5, 9), "initial is 4; it must be from 5 to 9");
    assertRefused(() -> total(10, 5, 9), "initial is 10; it must be from 5 to 9");
    var five = OptionalLong.of(5);
    assertRefused(
        () -> new Policy.Total(4, five, NONE, NONE, NONE), "initial is 4; it must be at least 5");
    assertRefused(
        () -> new Policy.Total(6, NONE, five, NONE, NONE), "initial is 6; it must be at most 5");
    assertRefused(() -> total(0, 9, 5), "min is 9; it must not be above 5");
  }

  @Test
  void shouldNotLetATotalWithALimitFallBelowZeroUnlessToldSo() {
    var limit = OptionalLong.of(10);
    assertThat(new Policy.Total(0, NONE, NONE, NONE, limit).lowest()).isZero();
    assertThat(new Policy.Total(0, OptionalLong.of(-3), NONE, NONE, limit).lowest()).isEqualTo(-3);
    assertThat(Policy.Total.unbounded().lowest()).isEqualTo(Long.MIN_VALUE);
    assertThat(Policy.Total.unbounded().highest()).isEqualTo(Long.MAX_VALUE);
    assertThat(new Policy.Total(0, NONE, OptionalLong.of(7), NONE, limit).highest()).isEqualTo(7);
  }

  @Test
  void shouldRefuseAMaxDeltaThatAllowsNothing() {
    assertRefused(
        () -> new Policy.Total(0, NONE, NONE, OptionalLong.of(0), NONE),
        "maxDelta is 0; it must be at least 1");
  }

  private static Policy.Total total(long initial, long min, long max) {
    return new Policy.Total(initial, OptionalLong.of(min), OptionalLong.of(max), NONE, NONE);
  }

  private static void assertRefused(ThrowingCallable making, String message) {
    assertThatThrownBy(making)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(message);
  }
}
