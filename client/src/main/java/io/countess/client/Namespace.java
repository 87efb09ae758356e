package io.countess.client;

import io.countess.event.ByteString;

/**
 * A namespace.
 *
 * @param policy what it counts by; without a version where that is the default policy
 */
public record Namespace(ByteString name, PolicyInForce policy, Totals totals, long atMillis) {
  static Namespace read(byte[] body) {
    return AnswerJson.read(body, in -> NamespaceJson.read(in).namespace());
  }
}
