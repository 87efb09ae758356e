package io.countess.answer.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.countess.answer.CountedWindow;
import io.countess.answer.NamespaceView;
import io.countess.answer.Totals;
import io.countess.event.ByteString;
import io.countess.event.codec.Json;
import io.countess.event.codec.Names;
import java.io.IOException;
import java.util.Optional;

/**
 * Namespaces as JSON: {@code namespace}, {@code policy}, {@code version}, {@code totals}, {@code
 * at}, {@code window}.
 */
public final class NamespaceJson implements Fields<NamespaceView> {
  private final VersionedPolicyJson policy = new VersionedPolicyJson();
  private ByteString namespace = ByteString.EMPTY;
  private Totals totals = Totals.ZERO;
  private long atMillis;
  private Optional<CountedWindow> window = Optional.empty();

  /** Writes the fields of a namespace into an object that has been opened. */
  public static void write(NamespaceView view, JsonGenerator out) throws IOException {
    Names.write("namespace", view.namespace(), out);
    VersionedPolicyJson.write(view.policy(), out);
    out.writeObjectFieldStart("totals");
    TotalsJson.write(view.totals(), out);
    out.writeEndObject();
    out.writeNumberField("at", view.atMillis());
    CountedWindowJson.writeIfPresent(view.window(), out);
  }

  @Override
  public void take(String field, JsonParser in) throws IOException {
    switch (field) {
      case "namespace", "namespaceBase64" -> namespace = Names.read(field, in);
      case "totals" -> totals = Fields.read(field, in, new TotalsJson());
      case "at" -> atMillis = Json.wholeNumber(field, in);
      case "window" -> window = CountedWindowJson.read(in);
      default -> policy.take(field, in);
    }
  }

  @Override
  public NamespaceView value() {
    return new NamespaceView(namespace, policy.value(), totals, atMillis, window);
  }
}
