package io.countess.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.countess.event.ByteString;
import io.countess.event.InvalidInputException;
import io.countess.event.Policy;
import io.countess.event.codec.PolicyCodec;
import java.io.IOException;
import java.util.OptionalLong;

/** The fields of a namespace, or of a policy on its own, as they come. */
final class NamespaceJson {
  private ByteString name = ByteString.EMPTY;
  private Policy policy;
  private OptionalLong version = OptionalLong.empty();
  private Totals totals = new Totals(0, 0, false);
  private long atMillis;

  private NamespaceJson() {}

  static NamespaceJson read(JsonParser in) throws IOException {
    var fields = new NamespaceJson();
    AnswerJson.fields(in, fields::take);
    return fields;
  }

  static Totals readTotals(JsonParser in) throws IOException {
    var numbers = new long[2];
    var marks = new boolean[2];
    AnswerJson.fields(
        in,
        (field, at) -> {
          switch (field) {
            case "count" -> numbers[0] = AnswerJson.wholeOrReal(at).longValue();
            case "keys" -> numbers[1] = AnswerJson.number(at);
            case "approximate" -> marks[0] = at.currentToken() == JsonToken.VALUE_TRUE;
            case "saturated" -> marks[1] = at.currentToken() == JsonToken.VALUE_TRUE;
            default -> at.skipChildren();
          }
        });
    return new Totals(numbers[0], numbers[1], marks[0], marks[1]);
  }

  PolicyInForce policy() {
    AnswerJson.require(policy != null, "the policy is missing");
    return new PolicyInForce(policy, version);
  }

  Namespace namespace() {
    return new Namespace(name, policy(), totals, atMillis);
  }

  private void take(String field, JsonParser in) throws IOException {
    switch (field) {
      case "namespace", "namespaceBase64" -> name = AnswerJson.name(in);
      case "policy" -> policy = readPolicy(in);
      case "version" -> version = OptionalLong.of(AnswerJson.number(in));
      case "totals" -> totals = readTotals(in);
      case "at" -> atMillis = AnswerJson.number(in);
      default -> in.skipChildren();
    }
  }

  static Policy readPolicy(JsonParser in) throws IOException {
    try {
      return PolicyCodec.read(in);
    } catch (InvalidInputException newer) {
      throw AnswerJson.notUnderstood(newer.getMessage());
    }
  }
}
