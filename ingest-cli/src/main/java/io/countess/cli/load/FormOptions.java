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
import picocli.CommandLine.Option;

/** The options that say what a line is. */
final class FormOptions {
  @Option(
      names = "--namespace",
      paramLabel = "NS",
      description = "The namespace of lines that have none. Alone: each line is a key, and puts 1.")
  private String namespace;

  @Option(
      names = "--regex",
      paramLabel = "PATTERN",
      description =
          "Lines in which this Java pattern is found are puts; its group (?<key>...) is the key. It"
              + " may have groups n, at, namespace and id.")
  private String regex;

  @Option(
      names = "--json",
      description = "Lines are JSON objects; a FIELD is a JSON pointer as /client/ip, or a name.")
  private boolean json;

  @Option(
      names = "--csv",
      description = "The file is CSV; a FIELD is a name in the first line, or a number from 1.")
  private boolean csv;

  @Option(names = "--key-field", paramLabel = "FIELD", description = "Where the key stands.")
  private String key;

  @Option(names = "--n-field", paramLabel = "FIELD", description = "How much to add; else 1.")
  private String n;

  @Option(names = "--at-field", paramLabel = "FIELD", description = "When it was; else now.")
  private String at;

  @Option(
      names = "--namespace-field",
      paramLabel = "FIELD",
      description = "The namespace; else --namespace.")
  private String ownNamespace;

  @Option(names = "--id-field", paramLabel = "FIELD", description = "An id, for safe repeating.")
  private String ownId;

  @Option(
      names = "--time-format",
      paramLabel = "FORMAT",
      description =
          "iso (default), syslog, apache, epoch, epoch-millis, or a Java pattern as 'yyyy-MM-dd"
              + " HH:mm:ss'. With --regex without a group at, the time stands at the start of the"
              + " line, with apache after the first [.")
  private String timeFormat;

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      description = "Of times that say none, as Europe/Berlin (default: the system's).")
  private String timeZone;

  @Option(names = "--strict", description = "Reject lines without a key, rather than pass over.")
  private boolean strict;

  /**
   * What lines are; nothing where they are events.
   *
   * @param clock tells the year of times that say none
   * @throws FailedException where options don't go together
   */
  Optional<Form> form(Clock clock) {
    requireForm();
    if (regex != null) {
      return Optional.of(regex(clock));
    } else if (json || csv) {
      return Optional.of(fields(clock));
    }
    return namespace().map(FormOptions::keys);
  }

  private void requireForm() {
    long forms = Stream.of(regex != null, json, csv).filter(given -> given).count();
    if (forms > 1) {
      throw usage("--regex, --json and --csv are different forms: give one of them");
    } else if (!places().isEmpty() && !json && !csv) {
      throw usage("--key-field and its like go with --json or --csv");
    } else if (forms == 0 && (timeFormat != null || timeZone != null || strict)) {
      throw usage("--time-format, --time-zone and --strict go with --regex, --json or --csv");
    } else if (forms == 1 && regex == null && key == null) {
      throw usage("--json and --csv need --key-field, which says where the key stands");
    }
  }

  private static Form keys(ByteString namespace) {
    var form = new KeyForm(namespace);
    return new Form((in, tally) -> new LineEvents(in, form, tally), false, Optional.empty());
  }

  private Form regex(Clock clock) {
    var pattern = RegexForm.compile(regex);
    Set<EventField> present = RegexForm.groups(pattern);
    if (timeFormat != null) {
      present.add(EventField.AT);
    }
    var form = new RegexForm(pattern, puts(present, clock));
    return log((in, tally) -> new LineEvents(in, form, tally), "line does not match the pattern");
  }

  private Form fields(Clock clock) {
    Map<EventField, String> places = places();
    if (timeFormat != null && at == null) {
      throw usage("--time-format needs --at-field, which says where the time stands");
    }
    var puts = puts(places.keySet(), clock);
    if (csv) {
      return log((in, tally) -> new CsvRecords(in, places, puts, tally), "key is missing");
    }
    var form = new JsonForm(places, puts);
    return log((in, tally) -> new LineEvents(in, form, tally), "key is missing");
  }

  private Form log(BiFunction<InputStream, Tally, EventStream> events, String strictly) {
    return new Form(events, true, strict ? Optional.of(strictly) : Optional.empty());
  }

  private PutFields puts(Set<EventField> present, Clock clock) {
    if (!present.contains(EventField.NAMESPACE) && namespace == null) {
      throw usage("--namespace is missing: the lines don't say it");
    }
    var times = TimeFormat.of(timeFormat == null ? "iso" : timeFormat, zone(), clock);
    return new PutFields(Set.copyOf(present), namespace(), times);
  }

  private Map<EventField, String> places() {
    var places = new EnumMap<EventField, String>(EventField.class);
    places.put(EventField.KEY, key);
    places.put(EventField.N, n);
    places.put(EventField.AT, at);
    places.put(EventField.NAMESPACE, ownNamespace);
    places.put(EventField.ID, ownId);
    places.values().removeIf(Objects::isNull);
    return places;
  }

  private Optional<ByteString> namespace() {
    return Optional.ofNullable(namespace)
        .map(name -> CounterName.policyOf(ByteString.utf8("namespace", name)).namespace());
  }

  private ZoneId zone() {
    try {
      return timeZone == null ? ZoneId.systemDefault() : ZoneId.of(timeZone);
    } catch (DateTimeException unknown) {
      throw usage("--time-zone is '" + timeZone + "'; it must be as Europe/Berlin, UTC or +01:00");
    }
  }

  private static FailedException usage(String message) {
    return new FailedException(ExitCode.USAGE, message, null);
  }
}
