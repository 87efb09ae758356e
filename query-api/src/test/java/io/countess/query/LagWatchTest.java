package io.countess.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.answer.Lag;
import io.countess.runtime.Reached;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LagWatchTest {
  private static final int HERE = 3;
  private static final long START_MILLIS = 1_700_000_000_000L;

  private final SortedMap<Integer, Reached> reached = new TreeMap<>();
  private SortedMap<Integer, Long> ends = new TreeMap<>();
  private long millis;
  private boolean isFailing;
  private final LagWatch watch =
      new LagWatch(
          () -> reached,
          this::ends,
          () -> TimeUnit.MILLISECONDS.toNanos(millis),
          () -> Instant.ofEpochMilli(START_MILLIS + millis));

  @Test
  void shouldBeNothingAtTheEnd() {
    at(0, 500, 500);
    assertThat(lag()).isEqualTo(Lag.NONE);
    at(60_000, 500, 500);
    assertThat(lag()).isEqualTo(Lag.NONE);
  }

  @Test
  void shouldBeSinceTheLogEndedBeforeWhatIsNotFolded() {
    at(0, 100, 100);
    at(500, 100, 100);
    at(1000, 100, 150);
    assertThat(lag()).isEqualTo(new Lag(50, Duration.ofMillis(500)));
    at(5000, 100, 220);
    assertThat(lag()).isEqualTo(new Lag(120, Duration.ofMillis(4500)));
    at(5500, 150, 220);
    assertThat(lag()).isEqualTo(new Lag(70, Duration.ofMillis(4500)));
    at(6000, 220, 220);
    assertThat(lag()).isEqualTo(Lag.NONE);
  }

  @Test
  void shouldGoByTheTimeOfTheRecordWhereTheLogWasNotSeenBefore() {
    at(0, 100, 900, 3_600_000);
    assertThat(lag().age()).isEqualTo(Duration.ofHours(1));
    at(500, 200, 900, 3_000_000);
    assertThat(lag().age()).isEqualTo(Duration.ofMillis(3_000_500));
  }

  @Test
  void shouldNotTakeEventsOfLastNightForAnOldBacklog() {
    at(0, 100, 100);
    at(500, 110, 900, 36_000_000);

    assertThat(lag().age()).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void shouldGoBySightWhereTheRecordIsOfTimesToCome() {
    at(0, 100, 900, -30_000);
    assertThat(lag().age()).isZero();
    at(5000, 100, 900, -25_000);
    assertThat(lag().age()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void shouldCountFromTheFirstLookWhereNothingElseIsKnown() {
    at(0, 100, 900);
    at(7000, 100, 900);

    assertThat(lag()).isEqualTo(new Lag(800, Duration.ofSeconds(7)));
  }

  @Test
  void shouldKnowTheAgeAlsoAfterAVeryLongTime() {
    at(0, 0, 0);
    for (int look = 1; look <= 10 * PastEnds.MAX_KEPT; look++) {
      at(look * 500L, 0, look);
    }
    assertThat(lag().age()).isEqualTo(Duration.ofMillis(500L * 10 * PastEnds.MAX_KEPT));

    at(millis, 9 * PastEnds.MAX_KEPT, 10 * PastEnds.MAX_KEPT);
    assertThat(lag().age().toMillis())
        .isBetween(500L * PastEnds.MAX_KEPT, 550L * PastEnds.MAX_KEPT);
  }

  @Test
  void shouldKnowNothingWhereTheBrokersDontAnswer() {
    at(0, 100, 150);
    ends = Collections.emptySortedMap();
    watch.look();

    assertThat(watch.lags()).isEmpty();
  }

  /** Who guards the task logs why. */
  @Test
  void shouldKnowNothingAfterALookThatFailed() {
    at(0, 100, 150);
    millis = 1000;
    isFailing = true;

    assertThatThrownBy(watch::tick).hasMessage("failing");
    assertThat(watch.lags()).isEmpty();

    millis = 2000;
    isFailing = false;
    watch.tick();
    assertThat(lag().records()).isEqualTo(50);
  }

  @Test
  void shouldTellOnlyOfPartitionsThatAreHere() {
    ends = new TreeMap<>(Map.of(0, 10L, HERE, 20L));
    reached.put(HERE, new Reached(15, OptionalLong.empty()));
    watch.look();

    assertThat(watch.lags()).containsOnlyKeys(HERE);
    assertThat(lag().records()).isEqualTo(5);
  }

  private SortedMap<Integer, Long> ends() {
    if (isFailing) {
      throw new IllegalStateException("failing");
    }
    return ends;
  }

  private void at(long nowMillis, long next, long end) {
    look(nowMillis, new Reached(next, OptionalLong.empty()), end);
  }

  /** The same, where the oldest record says that it is of so long before {@link #START_MILLIS}. */
  private void at(long nowMillis, long next, long end, long oldMillis) {
    look(nowMillis, new Reached(next, OptionalLong.of(START_MILLIS - oldMillis)), end);
  }

  private void look(long nowMillis, Reached here, long end) {
    millis = nowMillis;
    reached.put(HERE, here);
    ends.put(HERE, end);
    watch.look();
  }

  private Lag lag() {
    return watch.lags().get(HERE);
  }
}
