package io.countess.answer.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.countess.answer.PolicyHistory;
import io.countess.answer.PolicyHistory.Change;
import io.countess.event.ByteString;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import io.countess.event.codec.Json;
import io.countess.event.codec.Names;
import io.countess.event.codec.PolicyCodec;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Histories of policies as JSON: {@code namespace}, but for the default policy, and {@code
 * history}, each change with {@code version}, {@code at}, {@code policy} (null for the default one)
 * and {@code onChange}.
 */
public final class PolicyHistoryJson implements Fields<PolicyHistory> {
  private Optional<ByteString> namespace = Optional.empty();
  private List<Change> changes = List.of();

  /** Writes the fields of a history into an object that has been opened. */
  public static void write(PolicyHistory history, JsonGenerator out) throws IOException {
    if (history.namespace().isPresent()) {
      Names.write("namespace", history.namespace().get(), out);
    }
    Json.writeList(out, "history", history.changes(), PolicyHistoryJson::write);
  }

  /** Writes the fields of a change into an object that has been opened. */
  public static void write(Change change, JsonGenerator out) throws IOException {
    out.writeNumberField("version", change.version());
    out.writeNumberField("at", change.atMillis());
    out.writeFieldName("policy");
    if (change.policy().isPresent()) {
      PolicyCodec.write(change.policy().get(), out);
    } else {
      out.writeNull();
    }
    out.writeStringField("onChange", change.onChange().name().toLowerCase(Locale.ROOT));
  }

  @Override
  public void take(String field, JsonParser in) throws IOException {
    switch (field) {
      case "namespace", "namespaceBase64" -> namespace = Optional.of(Names.read(field, in));
      case "history" ->
          changes = Json.list(field, in, it -> Fields.read("change", it, new ChangeFields()));
      default -> in.skipChildren();
    }
  }

  @Override
  public PolicyHistory value() {
    return new PolicyHistory(namespace, changes);
  }

  private static final class ChangeFields implements Fields<Change> {
    private long version;
    private long atMillis;
    private Optional<Policy> policy = Optional.empty();
    private OnChange onChange = OnChange.KEEP;

    @Override
    public void take(String field, JsonParser in) throws IOException {
      switch (field) {
        case "version" -> version = Json.wholeNumber(field, in);
        case "at" -> atMillis = Json.wholeNumber(field, in);
        case "policy" ->
            policy =
                in.currentToken() == JsonToken.VALUE_NULL
                    ? Optional.empty()
                    : Optional.of(PolicyCodec.read(in));
        case "onChange" ->
            onChange = Json.text(field, in).equals("reset") ? OnChange.RESET : OnChange.KEEP;
        default -> in.skipChildren();
      }
    }

    @Override
    public Change value() {
      return new Change(version, atMillis, policy, onChange);
    }
  }
}
