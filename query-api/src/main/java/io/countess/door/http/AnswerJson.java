package io.countess.door.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.event.ByteString;
import io.countess.event.Event;
import io.countess.event.Policy;
import io.countess.event.codec.DecisionCodec;
import io.countess.event.codec.Names;
import io.countess.event.codec.PolicyCodec;
import io.countess.query.Count;
import io.countess.query.Coverage;
import io.countess.query.KeyPage;
import io.countess.query.NamespacePage;
import io.countess.query.NamespaceView;
import io.countess.query.Peek;
import io.countess.query.PolicyChanges;
import io.countess.query.Totals;
import io.countess.query.VersionedPolicy;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Answers as JSON. Names that are not UTF-8 stand in fields that end in {@code Base64}. */
final class AnswerJson {
  private AnswerJson() {}

  /**
   * {@code namespace}, {@code key}, {@code count}, {@code at}, {@code exists}, {@code limit},
   * {@code remaining}, {@code moreAfterMillis}, {@code freeAfterMillis}, and where a put was asked
   * about {@code n}, {@code wouldAccept}, {@code reason}, {@code retryAfterMillis}.
   */
  static JsonText.Fields count(Count count) {
    return out -> {
      Names.write("namespace", count.counter().namespace(), out);
      Names.write("key", count.counter().key(), out);
      if (count.gauge().isPresent()) {
        DecisionCodec.writeValue(count.gauge().get(), out);
      } else {
        out.writeNumberField("count", count.count());
      }
      out.writeNumberField("at", count.atMillis());
      out.writeBooleanField("exists", count.exists());
      if (count.limit().isPresent()) {
        out.writeNumberField("limit", count.limit().getAsLong());
        out.writeNumberField("remaining", count.remaining().getAsLong());
      }
      if (count.moreAfterMillis().isPresent()) {
        out.writeNumberField("moreAfterMillis", count.moreAfterMillis().getAsLong());
      }
      if (count.freeAfterMillis().isPresent()) {
        out.writeNumberField("freeAfterMillis", count.freeAfterMillis().getAsLong());
      }
      if (count.peek().isPresent()) {
        write(count.peek().get(), out);
      }
    };
  }

  private static void write(Peek peek, JsonGenerator out) throws IOException {
    if (peek.put() instanceof Event.PutReal real) {
      out.writeNumberField("n", real.n());
    } else if (peek.put() instanceof Event.Put whole) {
      out.writeNumberField("n", whole.n());
    }
    out.writeBooleanField("wouldAccept", peek.wouldAccept());
    if (peek.reason().isPresent()) {
      out.writeStringField("reason", peek.reason().get());
    }
    if (peek.retryAfterMillis().isPresent()) {
      out.writeNumberField("retryAfterMillis", peek.retryAfterMillis().getAsLong());
    }
  }

  /**
   * {@code namespace}, but for the default policy, and {@code history}: each change with {@code
   * version}, {@code at}, {@code policy} (null for the default one) and {@code onChange}.
   */
  static JsonText.Fields history(PolicyChanges history) {
    return out -> {
      if (history.namespace().isPresent()) {
        Names.write("namespace", history.namespace().get(), out);
      }
      out.writeArrayFieldStart("history");
      for (PolicyChanges.Change change : history.changes()) {
        out.writeStartObject();
        out.writeNumberField("version", change.version());
        out.writeNumberField("at", change.atMillis());
        out.writeFieldName("policy");
        if (change.policy().isPresent()) {
          PolicyCodec.write(change.policy().get(), out);
        } else {
          out.writeNull();
        }
        out.writeStringField("onChange", change.onChange().name().toLowerCase(Locale.ROOT));
        out.writeEndObject();
      }
      out.writeEndArray();
    };
  }

  /** {@code keys}, each with {@code key} and {@code count}, and {@code next}. */
  static JsonText.Fields keys(KeyPage page) {
    return out -> {
      out.writeArrayFieldStart("keys");
      for (KeyPage.Entry entry : page.keys()) {
        out.writeStartObject();
        Names.write("key", entry.key(), out);
        if (entry.gauge().isPresent()) {
          out.writeNumberField("count", entry.gauge().getAsDouble());
        } else {
          out.writeNumberField("count", entry.count());
        }
        out.writeEndObject();
      }
      out.writeEndArray();
      writeNext(page.next(), out);
    };
  }

  /** {@code namespaces}, each as in {@link #namespace}, and {@code next}. */
  static JsonText.Fields namespaces(NamespacePage page) {
    return out -> {
      out.writeArrayFieldStart("namespaces");
      for (NamespaceView view : page.namespaces()) {
        out.writeStartObject();
        namespace(view).write(out);
        out.writeEndObject();
      }
      out.writeEndArray();
      writeNext(page.next(), out);
    };
  }

  /** {@code namespace}, {@code policy}, {@code version}, {@code totals}, {@code at}. */
  static JsonText.Fields namespace(NamespaceView view) {
    return out -> {
      Names.write("namespace", view.namespace(), out);
      writePolicy(view.policy(), view.version(), out);
      out.writeObjectFieldStart("totals");
      totals(view.totals()).write(out);
      out.writeEndObject();
      out.writeNumberField("at", view.atMillis());
    };
  }

  /** {@code policy} and {@code version}. */
  static JsonText.Fields policy(VersionedPolicy it) {
    return out -> writePolicy(it.policy(), it.version(), out);
  }

  /**
   * {@code count}, {@code keys}, {@code approximate} where {@code keys} is an upper bound, and
   * {@code saturated} where the sum has more than 64 bits.
   */
  static JsonText.Fields totals(Totals totals) {
    return out -> {
      out.writeNumberField("count", totals.count());
      out.writeNumberField("keys", totals.keys());
      if (totals.approximate()) {
        out.writeBooleanField("approximate", true);
      }
      if (totals.saturated()) {
        out.writeBooleanField("saturated", true);
      }
    };
  }

  /**
   * {@code missing}, the partitions that are not in the answer, and {@code behind}, those that a
   * standby answered for, each with how many records it had still to come to.
   */
  static JsonText.Fields coverage(Coverage coverage) {
    return out -> {
      if (!coverage.missing().isEmpty()) {
        out.writeArrayFieldStart("missing");
        for (int partition : coverage.missing()) {
          out.writeNumber(partition);
        }
        out.writeEndArray();
      }
      if (!coverage.behind().isEmpty()) {
        out.writeObjectFieldStart("behind");
        for (var behind : coverage.behind().entrySet()) {
          out.writeNumberField(behind.getKey().toString(), behind.getValue());
        }
        out.writeEndObject();
      }
    };
  }

  private static void writePolicy(Policy policy, OptionalLong version, JsonGenerator out)
      throws IOException {
    out.writeFieldName("policy");
    PolicyCodec.write(policy, out);
    if (version.isPresent()) {
      out.writeNumberField("version", version.getAsLong());
    }
  }

  private static void writeNext(Optional<ByteString> next, JsonGenerator out) throws IOException {
    if (next.isPresent()) {
      out.writeStringField("next", Cursor.encode(next.get()));
    }
  }
}
