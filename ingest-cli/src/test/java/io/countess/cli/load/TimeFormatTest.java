package io.countess.cli.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.event.InvalidInputException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeFormatTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final String NOW = "2026-11-29T12:00:00Z";
  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private static TimeFormat format(String name, ZoneId zone, String now) {
    return TimeFormat.of(name, zone, Clock.fixed(Instant.parse(now), ZoneOffset.UTC));
  }

  private static Instant read(String name, String text) {
    return Instant.ofEpochMilli(format(name, BERLIN, NOW).millis(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "iso          | 2026-11-09T04:05:06Z             | 2026-11-09T04:05:06Z",
        "iso          | 2026-11-09t04:05:06.7899z        | 2026-11-09T04:05:06.789Z",
        "iso          | 2026-11-09T04:05:06+01:00        | 2026-11-09T03:05:06Z",
        "iso          | 2026-11-09 04:05:06,5 -0330      | 2026-11-09T07:35:06.5Z",
        "iso          | 2026-11-09T04:05:06+01           | 2026-11-09T03:05:06Z",
        "iso          | 2026-11-09 04:05:06              | 2026-11-09T03:05:06Z",
        "iso          | 2026-06-30T23:59:60Z             | 2026-06-30T23:59:59Z",
        "syslog       | Nov  9 04:05:06                  | 2026-11-09T03:05:06Z",
        "syslog       | Nov 09 04:05:06.25               | 2026-11-09T03:05:06.250Z",
        "syslog       | nov 9 04:05:06                   | 2026-11-09T03:05:06Z",
        "syslog       | Nov  9 2024 04:05:06             | 2024-11-09T03:05:06Z",
        "syslog       | <34>Nov  9 04:05:06              | 2026-11-09T03:05:06Z",
        "syslog       | <34>1 2026-11-09T04:05:06.003Z   | 2026-11-09T04:05:06.003Z",
        "syslog       | 2026-11-09T04:05:06.123456+01:00 | 2026-11-09T03:05:06.123Z",
        "apache       | 09/Nov/2026:04:05:06 +0100       | 2026-11-09T03:05:06Z",
        "apache       | 09/Nov/2026:04:05:06             | 2026-11-09T03:05:06Z",
        "epoch        | 1793937906                       | 2026-11-06T04:05:06Z",
        "epoch        | 1793937906.7899                  | 2026-11-06T04:05:06.789Z",
        "epoch        | 1.793937906E9                    | 2026-11-06T04:05:06Z",
        "epoch-millis | 1793937906789                    | 2026-11-06T04:05:06.789Z",
        "EPOCH-MILLIS | 1793937906789.9                  | 2026-11-06T04:05:06.789Z",
        "dd.MM.yyyy HH:mm             | 09.11.2026 04:05            | 2026-11-09T03:05:00Z",
        "uuuu/MM/dd HH:mm:ss.SSS XXX  | 2026/11/09 04:05:06.789 Z   | 2026-11-09T04:05:06.789Z",
        "EEE MMM dd HH:mm:ss yyyy     | Mon Nov 09 04:05:06 2026    | 2026-11-09T03:05:06Z",
        "MMM d, yyyy h:mm:ss a        | nov 9, 2026 4:05:06 pm      | 2026-11-09T15:05:06Z",
        "dd-MMM HH:mm:ss              | 30-Dec 04:05:06             | 2025-12-30T03:05:06Z",
        "yyyy-MM-dd HH:mm:ss VV       | 2026-11-09 04:05:06 Asia/Tokyo | 2026-11-08T19:05:06Z",
        "dd MMM HH:mm z               | 09 Nov 04:05 UTC            | 2026-11-09T04:05:00Z"
      })
  void shouldReadTimes(String format, String text, String expected) {
    assertThat(read(format, text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "iso          | 2026-02-29T04:05:06Z",
        "iso          | 2026-11-09T24:05:06Z",
        "iso          | 2026-11-09",
        "iso          | 2026-11-09T04:05:06Zulu",
        "iso          | 2026-11-09T04:05:06+1",
        "iso          | 2026-11-09T04:05:06+99:00",
        "iso          | 1793937906",
        "syslog       | Feb 30 04:05:06",
        "syslog       | Nov 31 04:05:06",
        "syslog       | Nix  9 04:05:06",
        "syslog       | ebm  9 04:05:06",
        "syslog       | Nov  9 04:05",
        "syslog       | Feb 29 2026 04:05:06",
        "apache       | 31/Nov/2026:04:05:06 +0100",
        "apache       | [09/Nov/2026:04:05:06 +0100]",
        "epoch        | -5",
        "epoch        | soon",
        "epoch        | 1e99",
        "epoch-millis | 99999999999999999999",
        "dd.MM.yyyy HH:mm | 30.02.2026 04:05",
        "dd.MM.yyyy HH:mm | 09.11.2026 04:05:06"
      })
  void shouldRefuseWhatIsNoTime(String format, String text) {
    assertThatThrownBy(() -> read(format, text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("at is '" + text + "'; it must be ");
  }

  @Test
  void shouldSayWhatWouldBeRight() {
    assertThatThrownBy(() -> read("syslog", "gestern"))
        .hasMessage(
            "at is 'gestern'; it must be syslog's, as 'Nov  9 04:05:06' or 2026-11-09T04:05:06Z");
    assertThatThrownBy(() -> read("dd.MM.yyyy HH:mm", "2026"))
        .hasMessage("at is '2026'; it must be as 09.11.2026 04:05");
    assertThatThrownBy(() -> read("iso", "1969-12-31T00:00:00Z"))
        .hasMessageEndingWith("it must not be before 1970");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"foo", "HH:mm:ss", "yyyy-MM-dd", "dd.MM.yyyy hh:mm", "'", "yyyy-MM-dd HH:mm {"})
  void shouldRefuseFormatsThatTellNoTime(String format) {
    assertThatThrownBy(() -> format(format, BERLIN, NOW))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("timeFormat is '" + format + "'; it must be one of iso, syslog,");
  }

  @ParameterizedTest
  @CsvSource({
    // Across New Year, in both directions of a clock that differs by less than a day.
    "2027-01-01T00:00:10Z, Dec 31 23:59:50, 2026-12-31T23:59:50Z",
    "2026-12-31T23:59:50Z, Jan  1 00:00:10, 2027-01-01T00:00:10Z",
    "2026-12-31T23:59:50Z, Jan  2 00:00:10, 2026-01-02T00:00:10Z",
    "2026-11-29T12:00:00Z, Nov 30 11:59:59, 2026-11-30T11:59:59Z",
    "2026-11-29T12:00:00Z, Nov 30 12:00:01, 2025-11-30T12:00:01Z",
    // Leap days are those of the last leap year.
    "2028-02-29T12:00:00Z, Feb 29 11:00:00, 2028-02-29T11:00:00Z",
    "2027-03-01T12:00:00Z, Feb 29 11:00:00, 2024-02-29T11:00:00Z",
    "2028-02-28T11:00:00Z, Feb 29 11:00:00, 2028-02-29T11:00:00Z",
    "2104-02-20T11:00:00Z, Feb 29 11:00:00, 2096-02-29T11:00:00Z"
  })
  void shouldFindTheYearThatIsLast(String now, String text, String expected) {
    long found = format("syslog", ZoneOffset.UTC, now).millis(text);
    assertThat(Instant.ofEpochMilli(found)).isEqualTo(expected);
  }

  @Property
  void shouldFindTheYearOfEveryTimeOfTheLastElevenMonths(
      @ForAll @LongRange(min = 946_684_800, max = 4_102_444_800L) long now,
      @ForAll @IntRange(max = 330 * 86_400) int age,
      @ForAll @IntRange(min = -18, max = 18) int offset) {
    var zone = ZoneOffset.ofHours(offset);
    Instant then = Instant.ofEpochSecond(now - age);
    var syslog = format("syslog", zone, Instant.ofEpochSecond(now).toString());

    var local = then.atZone(zone);
    String text =
        "%s %2d %tT".formatted(MONTHS.get(local.getMonthValue() - 1), local.getDayOfMonth(), local);

    assertThat(Instant.ofEpochMilli(syslog.millis(text))).isEqualTo(then);
  }

  @Property
  void shouldReadWhatJavaWrites(
      @ForAll @LongRange(max = 253_402_214_400_000L) long millis,
      @ForAll @IntRange(min = -18 * 60, max = 18 * 60) int offsetMinutes) {
    var local = Instant.ofEpochMilli(millis).atZone(ZoneOffset.ofTotalSeconds(offsetMinutes * 60));
    if (local.getYear() > 9999 || local.getYear() < 1) {
      return;
    }
    String iso = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(local);
    String apache =
        "%02d/%s/%04d:%tT %s"
            .formatted(
                local.getDayOfMonth(),
                MONTHS.get(local.getMonthValue() - 1),
                local.getYear(),
                local,
                DateTimeFormatter.ofPattern("xx", Locale.ENGLISH).format(local));

    assertThat(read("iso", iso).toEpochMilli()).isEqualTo(millis);
    assertThat(read("apache", apache).toEpochMilli()).isEqualTo(millis - millis % 1000);
    assertThat(read("epoch", millis / 1000 + ".%03d".formatted(millis % 1000)).toEpochMilli())
        .isEqualTo(millis);
  }

  @Test
  void shouldReadTimesThatTheClockSkipsOrShowsTwice() {
    assertThat(read("iso", "2026-03-29T02:30:00")).isEqualTo("2026-03-29T01:30:00Z");
    assertThat(read("iso", "2026-10-25T02:30:00")).isEqualTo("2026-10-25T00:30:00Z");
    assertThat(read("iso", "2026-10-25T02:30:00+01:00")).isEqualTo("2026-10-25T01:30:00Z");
    assertThat(read("syslog", "Mar 29 02:30:00")).isEqualTo("2026-03-29T01:30:00Z");
    assertThat(read("dd.MM.yyyy HH:mm", "29.03.2026 02:30")).isEqualTo("2026-03-29T01:30:00Z");
  }

  /** The names of months differ between locales, and between the locale data of Java releases. */
  @Test
  void shouldReadEnglishMonthsWhateverTheLocale() {
    Locale before = Locale.getDefault();
    try {
      for (String tag : List.of("de", "tr", "ar-EG", "en-GB", "th-TH-u-ca-buddhist", "und")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        for (int month = 1; month <= 12; month++) {
          String name = MONTHS.get(month - 1);
          Instant expected = ZonedDateTime.of(2026, month, 9, 4, 5, 6, 0, BERLIN).toInstant();
          assertThat(read("apache", "09/" + name + "/2026:04:05:06")).isEqualTo(expected);
          assertThat(read("syslog", name.toUpperCase(Locale.ROOT) + "  9 2026 04:05:06"))
              .isEqualTo(expected);
          assertThat(read("dd MMM yyyy HH:mm:ss", "09 " + name + " 2026 04:05:06"))
              .isEqualTo(expected);
        }
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "syslog | Nov  9 04:05:06 host sshd[1]: x            | Nov  9 04:05:06",
        "syslog | 2026-11-09T04:05:06.7+01:00 host sshd: x   | 2026-11-09T04:05:06.7+01:00",
        "syslog | <34>1 2026-11-09T04:05:06Z host app - x    | <34>1 2026-11-09T04:05:06Z",
        "iso    | 2026-11-09 04:05:06,789 INFO x             | 2026-11-09 04:05:06,789",
        "iso    | 2026-11-09 04:05:06 -0500 x                | 2026-11-09 04:05:06 -0500",
        "apache | 1.2.3.4 - - [09/Nov/2026:04:05:06 +0100] \"GET / | 09/Nov/2026:04:05:06 +0100",
        "epoch  | 1793937906.789    180 10.0.0.1 TCP_MISS/200 | 1793937906.789",
        "dd.MM.yyyy HH:mm | 09.11.2026 04:05 Zürich          | 09.11.2026 04:05"
      })
  void shouldFindTimesWhereLogsHaveThem(String format, String line, String expected) {
    assertThat(format(format, BERLIN, NOW).startingIn(line)).isEqualTo(expected);
  }

  @Test
  void shouldShowWhatStandsThereInstead() {
    var syslog = format("syslog", BERLIN, NOW);
    assertThat(syslog.startingIn("host: " + "x".repeat(100)))
        .isEqualTo("host: " + "x".repeat(34) + "…");
    assertThat(format("iso", BERLIN, NOW).startingIn("2026-11-09T04:05:06Zulu"))
        .isEqualTo("2026-11-09T04:05:06Zulu");
    assertThat(syslog.startingIn("Feb 30 04:05:06 host")).isEqualTo("Feb 30 04:05:06 host");
  }

  @Test
  void shouldTellTheYearAnewForEachLine() {
    var clock =
        new Clock() {
          private Instant now = Instant.parse("2026-12-30T00:00:00Z");

          @Override
          public Instant instant() {
            Instant then = now;
            now = now.plus(Duration.ofDays(5));
            return then;
          }

          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }
        };
    var syslog = TimeFormat.of("syslog", ZoneOffset.UTC, clock);
    assertThat(Instant.ofEpochMilli(syslog.millis("Jan  2 00:00:00")))
        .isEqualTo("2026-01-02T00:00:00Z");
    assertThat(Instant.ofEpochMilli(syslog.millis("Jan  2 00:00:00")))
        .isEqualTo("2027-01-02T00:00:00Z");
  }
}
