package io.countess.door.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.event.ByteString;
import io.countess.event.Policy;
import io.countess.event.codec.Names;
import io.countess.event.codec.PolicyCodec;
import io.countess.query.KeyPage;
import io.countess.query.NamespacePage;
import io.countess.query.NamespaceView;
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
   * {@code namespace}, but for the default policy, and {@code history}: each change with {@code
   * version}, {@code at}, {@code policy} (null for the default one) and {@code onChange}.
   */
  static void history(PolicyChanges history, JsonGenerator out) throws IOException {
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
  }

  /** {@code keys}, each with {@code key} and {@code count}, and {@code next}. */
  static void keys(KeyPage page, JsonGenerator out) throws IOException {
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
  }

  /** {@code namespaces}, each as in {@link #namespace}, and {@code next}. */
  static void namespaces(NamespacePage page, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("namespaces");
    for (NamespaceView view : page.namespaces()) {
      out.writeStartObject();
      namespace(view, out);
      out.writeEndObject();
    }
    out.writeEndArray();
    writeNext(page.next(), out);
  }

  /** {@code namespace}, {@code policy}, {@code version}, {@code totals}, {@code at}. */
  static void namespace(NamespaceView view, JsonGenerator out) throws IOException {
    Names.write("namespace", view.namespace(), out);
    writePolicy(view.policy(), view.version(), out);
    out.writeObjectFieldStart("totals");
    totals(view.totals(), out);
    out.writeEndObject();
    out.writeNumberField("at", view.atMillis());
  }

  /** {@code policy} and {@code version}. */
  static void policy(VersionedPolicy it, JsonGenerator out) throws IOException {
    writePolicy(it.policy(), it.version(), out);
  }

  /**
   * {@code count}, {@code keys}, {@code approximate} where {@code keys} is an upper bound, and
   * {@code saturated} where the sum has more than 64 bits.
   */
  static void totals(Totals totals, JsonGenerator out) throws IOException {
    out.writeNumberField("count", totals.count());
    out.writeNumberField("keys", totals.keys());
    if (totals.approximate()) {
      out.writeBooleanField("approximate", true);
    }
    if (totals.saturated()) {
      out.writeBooleanField("saturated", true);
    }
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
