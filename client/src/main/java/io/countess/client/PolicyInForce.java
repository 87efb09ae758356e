package io.countess.client;

import io.countess.event.Policy;
import java.util.OptionalLong;

/**
 * A policy that is in force.
 *
 * @param version higher is later; empty where it was never set
 */
public record PolicyInForce(Policy policy, OptionalLong version) {
  static PolicyInForce read(byte[] body) {
    return AnswerJson.read(body, NamespaceJson::read).policy();
  }
}
