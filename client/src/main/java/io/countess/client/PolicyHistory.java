package io.countess.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.countess.event.ByteString;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * How the policy of a namespace changed, or the default policy.
 *
 * @param namespace empty for the default policy
 * @param changes newest first; a server keeps a bounded number
 */
public record PolicyHistory(Optional<ByteString> namespace, List<Change> changes) {
  /**
   * A change.
   *
   * @param version of the policy that it set
   * @param atMillis when, in milliseconds since the epoch
   * @param policy empty where the namespace went back to the default policy
   */
  public record Change(long version, long atMillis, Optional<Policy> policy, OnChange onChange) {}

  static PolicyHistory read(byte[] body) {
    var fields = new Fields();
    return AnswerJson.read(
        body,
        in -> {
          AnswerJson.fields(in, fields::take);
          return new PolicyHistory(fields.namespace, fields.changes);
        });
  }

  private static final class Fields {
    private Optional<ByteString> namespace = Optional.empty();
    private List<Change> changes = List.of();

    void take(String field, JsonParser in) throws IOException {
      switch (field) {
        case "namespace", "namespaceBase64" -> namespace = Optional.of(AnswerJson.name(in));
        case "history" -> changes = AnswerJson.list(in, Fields::change);
        default -> in.skipChildren();
      }
    }

    private static Change change(JsonParser in) throws IOException {
      var fields = new ChangeFields();
      AnswerJson.fields(in, fields::take);
      return new Change(fields.version, fields.atMillis, fields.policy, fields.onChange);
    }
  }

  private static final class ChangeFields {
    private long version;
    private long atMillis;
    private Optional<Policy> policy = Optional.empty();
    private OnChange onChange = OnChange.KEEP;

    void take(String field, JsonParser in) throws IOException {
      switch (field) {
        case "version" -> version = AnswerJson.number(in);
        case "at" -> atMillis = AnswerJson.number(in);
        case "policy" -> {
          if (in.currentToken() != JsonToken.VALUE_NULL) {
            policy = Optional.of(NamespaceJson.readPolicy(in));
          }
        }
        case "onChange" ->
            onChange = AnswerJson.text(in).equals("reset") ? OnChange.RESET : OnChange.KEEP;
        default -> in.skipChildren();
      }
    }
  }
}
