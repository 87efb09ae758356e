package io.countess.answer.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.countess.answer.VersionedPolicy;
import io.countess.event.InvalidInputException;
import io.countess.event.Policy;
import io.countess.event.codec.Json;
import io.countess.event.codec.PolicyCodec;
import java.io.IOException;
import java.util.OptionalLong;

/** Policies in force as JSON: {@code policy} and {@code version}. */
public final class VersionedPolicyJson implements Fields<VersionedPolicy> {
  private Policy policy;
  private OptionalLong version = OptionalLong.empty();

  /** Writes the fields of a policy into an object that has been opened. */
  public static void write(VersionedPolicy it, JsonGenerator out) throws IOException {
    out.writeFieldName("policy");
    PolicyCodec.write(it.policy(), out);
    Json.writeIfPresent(out, "version", it.version());
  }

  @Override
  public void take(String field, JsonParser in) throws IOException {
    switch (field) {
      case "policy" -> policy = PolicyCodec.read(in);
      case "version" -> version = Json.optionalNumber(field, in);
      default -> in.skipChildren();
    }
  }

  @Override
  public VersionedPolicy value() {
    if (policy == null) {
      throw new InvalidInputException("policy", "is missing");
    }
    return new VersionedPolicy(policy, version);
  }
}
