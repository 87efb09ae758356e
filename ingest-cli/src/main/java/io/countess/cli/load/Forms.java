package io.countess.cli.load;

import io.countess.cli.console.ExitCode;
import io.countess.cli.console.FailedException;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import java.io.InputStream;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * What the options say that a line is.
 *
 * @param clock tells the year of times that say none
 */
record Forms(FormOptions given, Clock clock) {
  /**
   * What lines are; nothing where they are events.
   *
   * @throws FailedException where options don't go together
   */
  Optional<Form> form() {
    requireForm();
    if (given.regex != null) {
      return Optional.of(regex());
    } else if (given.json || given.csv) {
      return Optional.of(fields());
    }
    return namespace().map(Forms::keys);
  }

  private void requireForm() {
    long forms = Stream.of(given.regex != null, given.json, given.csv).filter(it -> it).count();
    if (forms > 1) {
      throw usage("--regex, --json and --csv are different forms: give one of them");
    } else if (!places().isEmpty() && !given.json && !given.csv) {
      throw usage("--key-field and its like go with --json or --csv");
    } else if (forms == 0 && (given.timeFormat != null || given.timeZone != null || given.strict)) {
      throw usage("--time-format, --time-zone and --strict go with --regex, --json or --csv");
    } else if (forms == 1 && given.regex == null && given.key == null) {
      throw usage("--json and --csv need --key-field, which says where the key stands");
    }
  }

  private static Form keys(ByteString namespace) {
    var form = new KeyForm(namespace);
    return new Form((in, tally) -> new LineEvents(in, form, tally), false, Optional.empty());
  }

  private Form regex() {
    var pattern = RegexForm.compile(given.regex);
    Set<EventField> present = RegexForm.groups(pattern);
    if (given.timeFormat != null) {
      present.add(EventField.AT);
    }
    var form = new RegexForm(pattern, puts(present));
    return log((in, tally) -> new LineEvents(in, form, tally), "line does not match the pattern");
  }

  private Form fields() {
    Map<EventField, String> places = places();
    if (given.timeFormat != null && given.at == null) {
      throw usage("--time-format needs --at-field, which says where the time stands");
    }
    var puts = puts(places.keySet());
    if (given.csv) {
      return log((in, tally) -> new CsvRecords(in, places, puts, tally), "key is missing");
    }
    var form = new JsonForm(places, puts);
    return log((in, tally) -> new LineEvents(in, form, tally), "key is missing");
  }

  private Form log(BiFunction<InputStream, Tally, EventStream> events, String strictly) {
    return new Form(events, true, given.strict ? Optional.of(strictly) : Optional.empty());
  }

  private PutFields puts(Set<EventField> present) {
    if (!present.contains(EventField.NAMESPACE) && given.namespace == null) {
      throw usage("--namespace is missing: the lines don't say it");
    }
    var times = TimeFormat.of(given.timeFormat == null ? "iso" : given.timeFormat, zone(), clock);
    return new PutFields(Set.copyOf(present), namespace(), times);
  }

  private Map<EventField, String> places() {
    var places = new EnumMap<EventField, String>(EventField.class);
    places.put(EventField.KEY, given.key);
    places.put(EventField.N, given.n);
    places.put(EventField.AT, given.at);
    places.put(EventField.NAMESPACE, given.ownNamespace);
    places.put(EventField.ID, given.ownId);
    places.values().removeIf(Objects::isNull);
    return places;
  }

  private Optional<ByteString> namespace() {
    return Optional.ofNullable(given.namespace)
        .map(name -> CounterName.policyOf(ByteString.utf8("namespace", name)).namespace());
  }

  private ZoneId zone() {
    try {
      return given.timeZone == null ? ZoneId.systemDefault() : ZoneId.of(given.timeZone);
    } catch (DateTimeException unknown) {
      throw usage(
          "--time-zone is '" + given.timeZone + "'; it must be as Europe/Berlin, UTC or +01:00");
    }
  }

  private static FailedException usage(String message) {
    return new FailedException(ExitCode.USAGE, message, null);
  }
}
