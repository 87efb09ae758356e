package io.countess.event.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.event.Durations;
import io.countess.event.Policy;
import io.countess.event.Rate;
import io.countess.event.WindowPeriod;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The JSON of the policies of one kind, beside the kind and the terms that all kinds have. */
enum PolicyForm {
  EXPIRING(Policy.Expiring.class, "expiring", "ttl", "limit", "lapses") {
    @Override
    Policy read(PolicyFields given) {
      return new Policy.Expiring(
          given.or("ttl", Duration.ofSeconds(60)), given.limit("limit"), given.terms());
    }

    @Override
    void write(Policy policy, JsonGenerator out) throws IOException {
      var expiring = (Policy.Expiring) policy;
      out.writeStringField("ttl", Durations.format(expiring.ttl()));
      Json.writeIfPresent(out, "limit", expiring.limit());
    }
  },

  LEAKY(Policy.Leaky.class, "leaky", "rate", "capacity", "lapses") {
    @Override
    Policy read(PolicyFields given) {
      return new Policy.Leaky(
          given.required("rate", Rate.class, "a leaky bucket needs one, as 10/s"),
          given.limit("capacity"),
          given.terms());
    }

    @Override
    void write(Policy policy, JsonGenerator out) throws IOException {
      var leaky = (Policy.Leaky) policy;
      out.writeStringField("rate", leaky.rate().toString());
      Json.writeIfPresent(out, "capacity", leaky.capacity());
    }
  },

  WINDOW(
      Policy.Window.class,
      "window",
      "period",
      "zone",
      "min",
      "maxDelta",
      "limit",
      "keep",
      "lapses") {
    @Override
    Policy read(PolicyFields given) {
      return new Policy.Window(
          given.required("period", WindowPeriod.class, "a window needs one, as day, month or 15m"),
          given.or("zone", PolicyCodec.UTC),
          given.whole("min"),
          given.whole("maxDelta"),
          given.limit("limit"),
          given.count("keep"),
          given.terms());
    }

    @Override
    void write(Policy policy, JsonGenerator out) throws IOException {
      var window = (Policy.Window) policy;
      out.writeStringField("period", window.period().toString());
      if (!window.zone().equals(PolicyCodec.UTC)) {
        out.writeStringField("zone", window.zone().getId());
      }
      Json.writeIfPresent(out, "min", window.min());
      Json.writeIfPresent(out, "maxDelta", window.maxDelta());
      Json.writeIfPresent(out, "limit", window.limit());
      if (window.keep() > 0) {
        out.writeNumberField("keep", window.keep());
      }
    }
  },

  TOTAL(Policy.Total.class, "total", "initial", "min", "max", "maxDelta", "limit", "journal") {
    @Override
    Policy read(PolicyFields given) {
      return new Policy.Total(
          given.or("initial", 0L),
          given.whole("min"),
          given.whole("max"),
          given.whole("maxDelta"),
          given.limit("limit"),
          given.terms());
    }

    @Override
    void write(Policy policy, JsonGenerator out) throws IOException {
      var total = (Policy.Total) policy;
      out.writeNumberField("initial", total.initial());
      Json.writeIfPresent(out, "min", total.min());
      Json.writeIfPresent(out, "max", total.max());
      Json.writeIfPresent(out, "maxDelta", total.maxDelta());
      Json.writeIfPresent(out, "limit", total.limit());
    }
  },

  GAUGE(Policy.Gauge.class, "gauge", "min", "max", "maxDelta", "journal") {
    @Override
    Policy read(PolicyFields given) {
      return new Policy.Gauge(
          given.real("min"), given.real("max"), given.real("maxDelta"), given.terms());
    }

    @Override
    void write(Policy policy, JsonGenerator out) throws IOException {
      var gauge = (Policy.Gauge) policy;
      Json.writeIfPresent(out, "min", gauge.min());
      Json.writeIfPresent(out, "max", gauge.max());
      Json.writeIfPresent(out, "maxDelta", gauge.maxDelta());
    }
  },

  VALUE(Policy.Value.class, "value", "journal") {
    @Override
    Policy read(PolicyFields given) {
      return new Policy.Value(given.terms());
    }

    @Override
    void write(Policy policy, JsonGenerator out) {
      // It has what all kinds have, and nothing else.
    }
  },

  LIMITS(Policy.Limits.class, "limits", "limits", "lapses") {
    @Override
    Policy read(PolicyFields given) {
      return new Policy.Limits(given.limits(), given.terms());
    }

    @Override
    void write(Policy policy, JsonGenerator out) throws IOException {
      out.writeArrayFieldStart("limits");
      for (Policy limit : ((Policy.Limits) policy).limits()) {
        PolicyCodec.write(limit, out);
      }
      out.writeEndArray();
    }
  };

  private final Class<? extends Policy> type;
  private final String kind;
  private final List<String> fields;

  PolicyForm(Class<? extends Policy> type, String kind, String... fields) {
    this.type = type;
    this.kind = kind;
    this.fields = List.of(fields);
  }

  /** The form of a policy. */
  static PolicyForm of(Policy policy) {
    return Arrays.stream(values())
        .filter(form -> form.type.isInstance(policy))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no JSON form for " + policy));
  }

  /** The form of the kind with a name, if there is one. */
  static Optional<PolicyForm> named(String kind) {
    return Arrays.stream(values()).filter(form -> form.kind.equals(kind)).findFirst();
  }

  /** The names of all kinds, as a message lists them. */
  static String names() {
    List<String> names = Arrays.stream(values()).map(PolicyForm::kind).toList();
    int last = names.size() - 1;
    return String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  /** The class of its policies. */
  Class<? extends Policy> type() {
    return type;
  }

  /** The name of the kind. */
  String kind() {
    return kind;
  }

  /** The fields beside the kind and the terms. */
  List<String> fields() {
    return fields;
  }

  /** Makes a policy of what was given. */
  abstract Policy read(PolicyFields given);

  /** Writes the fields into an object that is open. */
  abstract void write(Policy policy, JsonGenerator out) throws IOException;
}
