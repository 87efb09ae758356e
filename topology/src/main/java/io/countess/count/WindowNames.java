package io.countess.count;

import io.countess.event.InvalidInputException;
import io.countess.event.Policy;
import io.countess.event.WindowName;
import io.countess.event.WindowName.Unit;
import io.countess.event.WindowPeriod;
import io.countess.event.WindowSpan;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.List;

/** The names of windows under one policy: their starts by its zone's clock and calendar. */
final class WindowNames {
  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH");

  private final WindowPeriod period;
  private final Unit unit;
  private final ZoneId zone;
  private final Windows windows;

  WindowNames(Policy.Window policy, Windows windows) {
    this.period = policy.period();
    this.unit = Unit.of(period);
    this.zone = policy.zone();
    this.windows = windows;
  }

  WindowSpan span(WindowName name) {
    if (name instanceof WindowName.Exactly exactly) {
      return exactly.span();
    }
    if (name instanceof WindowName.Holding holding) {
      return windows.holding(holding.millis());
    }
    var local = (WindowName.Local) name;
    if (local.unit() != unit) {
      String rule = "is '%s', %s; windows are %s long here, and one is named as %s";
      throw invalid(rule.formatted(name.text(), local.unit().shown(), length(), example()));
    }
    return unit == Unit.PART_OF_DAY ? partOfDay(local) : calendar(local);
  }

  private WindowSpan calendar(WindowName.Local name) {
    LocalDate first = name.start().toLocalDate();
    long start = first.atStartOfDay(zone).toInstant().toEpochMilli();
    WindowSpan span = windows.holding(start);
    if (!date(span).equals(first)) {
      throw invalid("is '%s', which %s has left out".formatted(name.text(), zone.getId()));
    }
    return span;
  }

  /** The clock may have come to show the start twice, or never. */
  private WindowSpan partOfDay(WindowName.Local name) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(name.start());
    if (offsets.isEmpty()) {
      String rule = "is '%s', which the clock of %s did not show: it was set forward then";
      throw invalid(rule.formatted(name.text(), zone.getId()));
    }
    List<Long> starts =
        offsets.stream()
            .map(offset -> name.start().toInstant(offset).toEpochMilli())
            .filter(millis -> windows.holding(millis).startMillis() == millis)
            .toList();
    if (starts.isEmpty()) {
      long millis = name.start().toInstant(offsets.get(0)).toEpochMilli();
      String rule = "is '%s', and no window of %s begins then; the one that holds it is %s";
      throw invalid(rule.formatted(name.text(), length(), name(windows.holding(millis))));
    }
    if (starts.size() > 1) {
      String rule = "is '%s', when two windows begin, as the clock was set back: %s and %s";
      throw invalid(
          rule.formatted(name.text(), withOffset(starts.get(0)), withOffset(starts.get(1))));
    }
    return windows.holding(starts.get(0));
  }

  String name(WindowSpan span) {
    if (!windows.holding(span.startMillis()).equals(span)) {
      return span.toString();
    }
    LocalDate date = date(span);
    return switch (unit) {
      case YEAR -> "%04d".formatted(date.getYear());
      case QUARTER -> "%04d-Q%d".formatted(date.getYear(), date.get(IsoFields.QUARTER_OF_YEAR));
      case MONTH -> "%04d-%02d".formatted(date.getYear(), date.getMonthValue());
      case WEEK ->
          "%04d-W%02d"
              .formatted(
                  date.get(IsoFields.WEEK_BASED_YEAR), date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case DAY -> date.toString();
      case PART_OF_DAY -> clock(span.startMillis());
    };
  }

  private String clock(long millis) {
    var start = LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), zone);
    if (zone.getRules().getValidOffsets(start).size() > 1) {
      return withOffset(millis);
    }
    return start.getMinute() == 0 && start.getSecond() == 0 ? start.format(HOUR) : start.toString();
  }

  private String withOffset(long millis) {
    return OffsetDateTime.ofInstant(Instant.ofEpochMilli(millis), zone).toString();
  }

  private LocalDate date(WindowSpan span) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(span.startMillis()), zone);
  }

  private String length() {
    return period instanceof WindowPeriod.Calendar ? unit.shown() : period.toString();
  }

  private String example() {
    return unit.example();
  }

  private static InvalidInputException invalid(String rule) {
    return new InvalidInputException("window", rule);
  }
}
