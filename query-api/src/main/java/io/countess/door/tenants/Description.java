package io.countess.door.tenants;

import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.answer.CounterPolicy;
import io.countess.event.CounterName;
import io.countess.event.Policy;
import io.countess.event.Terms;
import io.countess.event.codec.Json;
import io.countess.query.PolicyQuestion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What is known of a tenant, a counter or a credential besides a number. It stands as JSON in the
 * description of the policy that its counter has of its own, and is there as long as that.
 */
interface Description {
  /** Writes its fields. */
  void write(JsonGenerator out) throws IOException;

  /** As it stands in a policy. */
  default String text() {
    return new String(Json.object(this::write), StandardCharsets.UTF_8);
  }

  /** A policy of one number that bears this description. */
  default Policy onTerms(Terms terms) {
    return new Policy.Value(terms.describedBy(Optional.of(text())));
  }

  /** The description that a counter has of its own; empty where it has none. */
  static Optional<JsonBody> of(CounterPolicy policy) {
    return policy.policy().version().isEmpty() || policy.plan().isPresent()
        ? Optional.empty()
        : of(policy.policy().policy());
  }

  /** The description of a policy. */
  static Optional<JsonBody> of(Policy policy) {
    return policy
        .terms()
        .description()
        .filter(text -> text.startsWith("{"))
        .map(text -> JsonBody.read(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Asks for the description of a counter. */
  static PolicyQuestion.CounterPolicyOf question(CounterName counter) {
    return new PolicyQuestion.CounterPolicyOf(counter);
  }
}
