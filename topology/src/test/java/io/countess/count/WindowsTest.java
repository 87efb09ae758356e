package io.countess.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Policy;
import io.countess.event.Terms;
import io.countess.event.WindowPeriod;
import io.countess.event.WindowSpan;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Windows against a clock that is watched every second, mostly on days on which it is set. */
class WindowsTest {
  private static final List<String> ZONES =
      List.of(
          "UTC",
          "+05:45",
          "Europe/Berlin",
          "America/New_York",
          "Australia/Lord_Howe",
          "America/Sao_Paulo",
          "Asia/Beirut",
          "America/St_Johns",
          "Pacific/Apia",
          "Pacific/Kwajalein",
          "Africa/Monrovia",
          "Antarctica/Troll");

  /** Of the year 9999: no record is later. */
  private static final long LAST_MILLIS = 253_402_300_799_999L;

  record Place(ZoneId zone, long millis) {}

  @Property(tries = 3000)
  void shouldTileTime(@ForAll("places") Place place, @ForAll("periods") WindowPeriod period) {
    Windows windows = windows(period, place.zone());

    WindowSpan span = windows.holding(place.millis());

    assertThat(place.millis()).isBetween(span.startMillis(), span.endMillis() - 1);
    assertThat(windows.holding(span.startMillis())).isEqualTo(span);
    assertThat(windows.holding(span.endMillis() - 1)).isEqualTo(span);
    assertThat(windows.holding(span.endMillis()).startMillis()).isEqualTo(span.endMillis());
    assertThat(windows.holding(span.startMillis() - 1).endMillis()).isEqualTo(span.startMillis());
  }

  @Property(tries = 300)
  void shouldBeginWhereAClockThatIsWatchedEverySecondComesToAMultiple(
      @ForAll("places") Place place, @ForAll("lengths") Duration length) {
    WindowSpan span = windows(new WindowPeriod.Clock(length), place.zone()).holding(place.millis());

    long second = Math.floorDiv(place.millis(), 1000);
    while (!comesToAMultiple(second, length.toSeconds(), place.zone())) {
      second--;
    }
    assertThat(span.startMillis()).isEqualTo(second * 1000);
  }

  private static boolean comesToAMultiple(long second, long length, ZoneId zone) {
    long shown = shown(second, zone);
    long expected = shown(second - 1, zone) + 1;
    long multiple = Math.floorDiv(shown, length) * length;
    return shown < expected ? multiple == shown : multiple >= expected;
  }

  private static long shown(long second, ZoneId zone) {
    return second + zone.getRules().getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
  }

  @Property(tries = 100)
  void shouldBeginADayWhenItsDateIsShownFirst(@ForAll("places") Place place) {
    long from = Math.floorDiv(place.millis(), 1000) - 3 * 86_400;
    LocalDate latest = date(from, place.zone());
    long began = from;
    for (long second = from; second * 1000 <= place.millis(); second++) {
      LocalDate shown = date(second, place.zone());
      if (shown.isAfter(latest)) {
        latest = shown;
        began = second;
      }
    }
    var days = windows(WindowPeriod.Calendar.DAY, place.zone());

    assertThat(days.holding(place.millis()).startMillis()).isEqualTo(began * 1000);
  }

  private static LocalDate date(long second, ZoneId zone) {
    return LocalDate.ofInstant(Instant.ofEpochSecond(second), zone);
  }

  static Windows windows(WindowPeriod period, ZoneId zone) {
    var none = OptionalLong.empty();
    return Windows.of(new Policy.Window(period, zone, none, none, none, 0, Terms.DEFAULT));
  }

  @Provide
  Arbitrary<Place> places() {
    long last = ZonedDateTime.parse("2060-01-01T00:00:00Z").toInstant().toEpochMilli();
    var anywhere =
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.longs().between(1, last)),
            Tuple.of(1, Arbitraries.longs().between(last, LAST_MILLIS)));
    var nearby = Arbitraries.longs().between(-2 * 86_400_000L, 2 * 86_400_000L);
    return Combinators.combine(Arbitraries.of(ZONES), anywhere, nearby.optional(0.8))
        .as(
            (name, millis, near) -> {
              var zone = ZoneId.of(name);
              return new Place(
                  zone, near.map(n -> Math.max(1, jump(zone, millis) + n)).orElse(millis));
            });
  }

  /** When the clock of a zone is set next, or the instant itself if it is not set any more. */
  private static long jump(ZoneId zone, long millis) {
    var jump = zone.getRules().nextTransition(Instant.ofEpochMilli(millis));
    return jump == null ? millis : jump.getInstant().toEpochMilli();
  }

  @Provide
  Arbitrary<Duration> lengths() {
    return Arbitraries.of("1s", "1m", "7m12s", "15m", "30m", "1h", "2h", "3h", "6h", "8h", "12h")
        .map(text -> Duration.parse("PT" + text));
  }

  @Provide
  Arbitrary<WindowPeriod> periods() {
    return Arbitraries.frequencyOf(
        Tuple.of(2, lengths().map(WindowPeriod.Clock::new)),
        Tuple.of(1, Arbitraries.of(WindowPeriod.Calendar.class)));
  }
}
