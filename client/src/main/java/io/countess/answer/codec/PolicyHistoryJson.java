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
 * Histories of policies as JSON: {@code namespace}, but for the default policy, {@code key} for a
 * counter, and {@code history}. Each change has {@code version}, {@code at}, {@code onChange}, and
 * {@code policy} (null for the one that others have) or {@code plan}.
 */
public final class PolicyHistoryJson implements Fields<PolicyHistory> {
  private Optional<ByteString> namespace = Optional.empty();
  private Optional<ByteString> key = Optional.empty();
  private List<Change> changes = List.of();

  /** Writes the fields of a history into an object that has been opened. */
  public static void write(PolicyHistory history, JsonGenerator out) throws IOException {
    if (history.namespace().isPresent()) {
      Names.write("namespace", history.namespace().get(), out);
    }
    if (history.key().isPresent()) {
      Names.write("key", history.key().get(), out);
    }
    Json.writeList(out, "history", history.changes(), PolicyHistoryJson::write);
  }

  /** Writes the fields of a change into an object that has been opened. */
  public static void write(Change change, JsonGenerator out) throws IOException {
    out.writeNumberField("version", change.version());
    out.writeNumberField("at", change.atMillis());
    Json.writeIfPresent(out, "plan", change.plan());
    if (change.policy().isPresent()) {
      out.writeFieldName("policy");
      PolicyCodec.write(change.policy().get(), out);
    } else if (change.plan().isEmpty()) {
      out.writeNullField("policy");
    }
    out.writeStringField("onChange", change.onChange().name().toLowerCase(Locale.ROOT));
  }

  @Override
  public void take(String field, JsonParser in) throws IOException {
    switch (field) {
      case "namespace", "namespaceBase64" -> namespace = Optional.of(Names.read(field, in));
      case "key", "keyBase64" -> key = Optional.of(Names.read(field, in));
      case "history" ->
          changes = Json.list(field, in, it -> Fields.read("change", it, new ChangeFields()));
      default -> in.skipChildren();
    }
  }

  @Override
  public PolicyHistory value() {
    return new PolicyHistory(namespace, key, changes);
  }

  static final class ChangeFields implements Fields<Change> {
    private long version;
    private long atMillis;
    private Optional<Policy> policy = Optional.empty();
    private Optional<String> plan = Optional.empty();
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
        case "plan" -> plan = Optional.of(Json.text(field, in));
        case "onChange" ->
            onChange = Json.text(field, in).equals("reset") ? OnChange.RESET : OnChange.KEEP;
        default -> in.skipChildren();
      }
    }

    @Override
    public Change value() {
      return new Change(version, atMillis, policy, plan, onChange);
    }
  }
}
