package io.countess.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.event.Policy;
import io.countess.event.Terms;
import io.countess.event.WindowName;
import io.countess.event.WindowPeriod;
import java.time.Instant;
import java.time.ZoneId;
import java.util.OptionalLong;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** What names a window, and which window a name stands for. */
class WindowNamesTest {
  private static final OptionalLong NONE = OptionalLong.empty();

  @Example
  void shouldNameAWindowByItsLocalStart() {
    long at = Instant.parse("2026-10-05T14:30:00Z").toEpochMilli();

    assertThat(name("year", "UTC", at)).isEqualTo("2026");
    assertThat(name("quarter", "UTC", at)).isEqualTo("2026-Q4");
    assertThat(name("month", "Europe/Berlin", at)).isEqualTo("2026-10");
    assertThat(name("week", "UTC", at)).isEqualTo("2026-W41");
    assertThat(name("day", "Pacific/Auckland", at)).isEqualTo("2026-10-06");
    assertThat(name("hour", "UTC", at)).isEqualTo("2026-10-05T14");
    assertThat(name("15m", "Asia/Kathmandu", at)).isEqualTo("2026-10-05T20:15");
    assertThat(name("1s", "UTC", at + 7_000)).isEqualTo("2026-10-05T14:30:07");
  }

  /** The name leads back to its window, whatever the clock did. */
  @Property(tries = 2000)
  void shouldReadWhatItShows(
      @ForAll @LongRange(min = 40_000_000_000L, max = 4_000_000_000_000L) long millis,
      @ForAll int draw) {
    String[] periods = {"year", "quarter", "month", "week", "day", "12h", "2h", "1h", "15m", "1m"};
    String[] zones = {"UTC", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia", "-03:30"};
    var keeping =
        keeping(periods[Math.floorMod(draw, 10)], zones[Math.floorMod(draw / 10, zones.length)]);
    var span = keeping.named(WindowName.parse(Instant.ofEpochMilli(millis).toString()));

    assertThat(span.holds(millis)).isTrue();
    assertThat(keeping.named(WindowName.parse(keeping.name(span)))).isEqualTo(span);
    assertThat(keeping.named(WindowName.parse(span.toString()))).isEqualTo(span);
  }

  @Example
  void shouldSayWhatWouldBeRight() {
    assertNoName("2026-10-05", "month", "UTC", "is '2026-10-05', a day; windows are a month long");
    assertNoName("2026-10", "6h", "UTC", "windows are 6h long here, and one is named as");
    assertNoName("2026-10-05T15", "6h", "UTC", "the one that holds it is 2026-10-05T12");
    assertNoName(
        "2026-10-25T02",
        "1h",
        "Europe/Berlin",
        "2026-10-25T02:00+02:00 and 2026-10-25T02:00+01:00");
    assertNoName("2026-03-29T02", "1h", "Europe/Berlin", "did not show: it was set forward");
    assertNoName("2011-12-30", "day", "Pacific/Apia", "has left out");
    assertThatThrownBy(() -> WindowName.parse("October"))
        .hasMessageContaining("window is 'October'; it must be the start");
    assertThatThrownBy(() -> WindowName.parse("2026-W54")).hasMessageContaining("'2026-W54'");
    assertThatThrownBy(() -> WindowName.parse("2026-13")).hasMessageContaining("'2026-13'");
    assertThatThrownBy(() -> WindowName.parse("2026-10-02T00:00:00Z/2026-10-01T00:00:00Z"))
        .hasMessageContaining("ends before it begins");
  }

  @Example
  void shouldTellWindowsOfOneLocalStartApartByTheirOffset() {
    var hours = keeping("1h", "Europe/Berlin");

    assertThat(hours.named(WindowName.parse("2026-10-25T02:00+02:00")).toString())
        .isEqualTo("2026-10-25T00:00:00Z/2026-10-25T01:00:00Z");
    assertThat(hours.named(WindowName.parse("2026-10-25T02:00+01:00")).toString())
        .isEqualTo("2026-10-25T01:00:00Z/2026-10-25T02:00:00Z");
  }

  private static void assertNoName(String name, String period, String zone, String why) {
    assertThatThrownBy(() -> keeping(period, zone).named(WindowName.parse(name)))
        .hasMessageContaining(why);
  }

  private static String name(String period, String zone, long millis) {
    var keeping = keeping(period, zone);
    return keeping.name(keeping.named(new WindowName.Holding(millis, "")));
  }

  private static Keeping keeping(String period, String zone) {
    var policy =
        new Policy.Window(
            WindowPeriod.parse(period), ZoneId.of(zone), NONE, NONE, NONE, 3, Terms.DEFAULT);
    return Counting.of(policy).keeping();
  }
}
