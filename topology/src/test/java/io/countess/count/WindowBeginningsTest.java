package io.countess.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.WindowPeriod;
import io.countess.event.WindowSpan;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where windows begin and end on days on which clocks are set, and on others. */
class WindowBeginningsTest {
  @ParameterizedTest(name = "{0} of {1} at {2}: {3} to {4}")
  @CsvSource({
    "6h,  UTC,                 2026-03-29T07:00:00Z, 2026-03-29T06:00:00Z, 2026-03-29T12:00:00Z",
    "day, Europe/Berlin,       2026-03-29T12:00:00Z, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
    "day, Europe/Berlin,       2026-10-25T12:00:00Z, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
    // 02:00 to 03:00 is left out: the jump to 03:00 begins a window.
    "1h,  Europe/Berlin,       2026-03-29T00:59:59Z, 2026-03-29T00:00:00Z, 2026-03-29T01:00:00Z",
    "1h,  Europe/Berlin,       2026-03-29T01:00:00Z, 2026-03-29T01:00:00Z, 2026-03-29T02:00:00Z",
    // 02:00 to 03:00 comes twice, and so do the windows that begin in it.
    "1h,  Europe/Berlin,       2026-10-25T00:30:00Z, 2026-10-25T00:00:00Z, 2026-10-25T01:00:00Z",
    "1h,  Europe/Berlin,       2026-10-25T01:30:00Z, 2026-10-25T01:00:00Z, 2026-10-25T02:00:00Z",
    "2h,  Europe/Berlin,       2026-10-25T00:30:00Z, 2026-10-25T00:00:00Z, 2026-10-25T01:00:00Z",
    "2h,  Europe/Berlin,       2026-10-25T01:30:00Z, 2026-10-25T01:00:00Z, 2026-10-25T03:00:00Z",
    // Set back to 02:00, which is no multiple of 6 h: the window goes on, for 7 h.
    "6h,  Europe/Berlin,       2026-10-25T01:30:00Z, 2026-10-24T22:00:00Z, 2026-10-25T05:00:00Z",
    "6h,  Europe/Berlin,       2026-03-29T01:30:00Z, 2026-03-28T23:00:00Z, 2026-03-29T04:00:00Z",
    // Jumps over 02:00, a multiple of 2 h, to 03:00: there a window of one hour begins.
    "2h,  America/New_York,    2026-03-08T07:10:00Z, 2026-03-08T07:00:00Z, 2026-03-08T08:00:00Z",
    // Set back from 02:00 to 01:00: the window from 0:00 goes on, for 3 h.
    "2h,  America/New_York,    2026-11-01T06:10:00Z, 2026-11-01T04:00:00Z, 2026-11-01T07:00:00Z",
    // Half an hour, at 02:00 and back to 01:30.
    "1h,  Australia/Lord_Howe, 2026-04-04T15:10:00Z, 2026-04-04T14:00:00Z, 2026-04-04T15:30:00Z",
    "30m, Australia/Lord_Howe, 2026-04-04T15:10:00Z, 2026-04-04T15:00:00Z, 2026-04-04T15:30:00Z",
    "1h,  Australia/Lord_Howe, 2026-10-03T15:40:00Z, 2026-10-03T15:30:00Z, 2026-10-03T16:00:00Z",
    // No midnight: the day begins at 01:00, and so does what is shorter.
    "day, America/Sao_Paulo,   2017-10-15T12:00:00Z, 2017-10-15T03:00:00Z, 2017-10-16T02:00:00Z",
    "6h,  America/Sao_Paulo,   2017-10-15T03:10:00Z, 2017-10-15T03:00:00Z, 2017-10-15T08:00:00Z",
    "day, Asia/Beirut,         2022-03-27T12:00:00Z, 2022-03-26T22:00:00Z, 2022-03-27T21:00:00Z",
    // 23:00 to 24:00 twice: a day of 25 h.
    "day, America/Sao_Paulo,   2018-02-18T02:30:00Z, 2018-02-17T02:00:00Z, 2018-02-18T03:00:00Z",
    // Back from 00:01 to 23:01: what the old date shows once more belongs to the new day.
    "day, America/St_Johns,    2010-11-07T02:45:00Z, 2010-11-07T02:30:00Z, 2010-11-08T03:30:00Z",
    // No 30 December.
    "day, Pacific/Apia,        2011-12-30T09:00:00Z, 2011-12-29T10:00:00Z, 2011-12-30T10:00:00Z",
    "day, Pacific/Apia,        2011-12-30T10:00:00Z, 2011-12-30T10:00:00Z, 2011-12-31T10:00:00Z",
    "week, Pacific/Apia,       2011-12-30T10:00:00Z, 2011-12-26T10:00:00Z, 2012-01-01T10:00:00Z",
    // From an offset of -0:44:30 to none.
    "1h,  Africa/Monrovia,     1972-01-07T00:40:00Z, 1972-01-06T23:44:30Z, 1972-01-07T00:44:30Z",
    "1h,  Africa/Monrovia,     1972-01-07T00:50:00Z, 1972-01-07T00:44:30Z, 1972-01-07T01:00:00Z",
    "30m, Africa/Monrovia,     1972-01-07T00:44:29Z, 1972-01-07T00:14:30Z, 1972-01-07T00:44:30Z",
    "day, Africa/Monrovia,     1972-01-07T00:44:30Z, 1972-01-07T00:44:30Z, 1972-01-08T00:00:00Z",
    "week, UTC,                2026-01-04T23:59:59Z, 2025-12-29T00:00:00Z, 2026-01-05T00:00:00Z",
    "month, Europe/Berlin,     2026-03-31T21:59:59Z, 2026-02-28T23:00:00Z, 2026-03-31T22:00:00Z",
    "month, UTC,               2028-02-29T12:00:00Z, 2028-02-01T00:00:00Z, 2028-03-01T00:00:00Z",
    "quarter, UTC,             2026-11-30T12:00:00Z, 2026-10-01T00:00:00Z, 2027-01-01T00:00:00Z",
    "year, America/New_York,   2026-01-01T04:59:59Z, 2025-01-01T05:00:00Z, 2026-01-01T05:00:00Z"
  })
  void shouldBeginWhereTheLocalClockAndCalendarSay(
      String period, String zone, Instant at, Instant start, Instant end) {
    WindowSpan span =
        WindowsTest.windows(WindowPeriod.parse(period), ZoneId.of(zone)).holding(at.toEpochMilli());

    assertThat(Instant.ofEpochMilli(span.startMillis())).isEqualTo(start);
    assertThat(Instant.ofEpochMilli(span.endMillis())).isEqualTo(end);
  }
}
