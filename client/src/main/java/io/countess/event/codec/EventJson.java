package io.countess.event.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.event.Batch;
import io.countess.event.Durations;
import io.countess.event.Event;
import io.countess.event.NamespacePatterns;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import io.countess.event.Write;
import java.io.IOException;
import java.util.Optional;

/** Writes events, leaving out what goes without saying. */
final class EventJson {
  private EventJson() {}

  /** What {@code event} is called on the wire. */
  static String op(Event event) {
    if (event instanceof Event.Put) {
      return "put";
    } else if (event instanceof Event.SetValue) {
      return "set";
    } else if (event instanceof Write) {
      return "write";
    } else if (event instanceof Event.Reset) {
      return "reset";
    } else if (event instanceof Event.Release) {
      return "release";
    } else if (event instanceof Event.Claim) {
      return "claim";
    } else if (event instanceof Batch) {
      return "batch";
    } else if (event instanceof Event.ChangePolicy) {
      return "policy";
    } else if (event instanceof Event.ChangeDefaults) {
      return "defaults";
    } else if (event instanceof Event.Tick) {
      return "tick";
    }
    throw new IllegalStateException("no JSON form for " + event);
  }

  /** Writes the op, unless it is a put, and the other fields into an object that is open. */
  static void write(Event event, JsonGenerator out) throws IOException {
    String op = op(event);
    if (!op.equals("put")) {
      out.writeStringField("op", op);
    }
    writeFields(event, out);
  }

  /** Writes the fields beside the op. */
  static void writeFields(Event event, JsonGenerator out) throws IOException {
    if (event instanceof Event.Put put) {
      if (!put.n().equals(Event.Put.ONE.n())) {
        Json.writeAmount(out, "n", put.n());
      }
      Json.writeIfPresent(out, "ttl", put.ttl().map(Durations::format));
      if (put.policy().isPresent()) {
        writePolicy(put.policy(), out);
      }
    } else if (event instanceof Event.SetValue set) {
      Json.writeAmount(out, "value", set.value());
      if (set.ifAbsent()) {
        out.writeStringField("if", "absent");
      }
    } else if (event instanceof Write write) {
      WriteJson.write(write, out);
    } else if (event instanceof Event.Release release) {
      out.writeStringField("of", release.of());
      Json.writeIfPresent(out, "n", release.n());
      Json.writeIfPresent(out, "within", release.within().map(NamespacePatterns::toString));
    } else if (event instanceof Event.Claim claim) {
      ClaimJson.write(claim, out);
    } else if (event instanceof Batch batch) {
      BatchJson.write(batch, out);
    } else if (event instanceof Event.ChangePolicy change) {
      if (change.plan().isPresent()) {
        out.writeStringField("plan", change.plan().get());
      } else {
        writePolicy(change.policy(), out);
      }
      writeOnChange(change.onChange(), out);
      Json.writeIfPresent(out, "ifVersion", change.ifVersion());
    } else if (event instanceof Event.ChangeDefaults change) {
      writePolicy(Optional.of(change.policy()), out);
      writeOnChange(change.onChange(), out);
      Json.writeIfPresent(out, "ifVersion", change.ifVersion());
    }
    Json.writeIfPresent(out, "id", event.id());
  }

  private static void writePolicy(Optional<Policy> policy, JsonGenerator out) throws IOException {
    out.writeFieldName("policy");
    if (policy.isPresent()) {
      PolicyCodec.write(policy.get(), out);
    } else {
      out.writeNull();
    }
  }

  private static void writeOnChange(OnChange onChange, JsonGenerator out) throws IOException {
    if (onChange == OnChange.RESET) {
      out.writeStringField("onChange", "reset");
    }
  }
}
