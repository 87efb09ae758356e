package io.countess.door.tenants;

import java.util.Arrays;
import java.util.Optional;

/** What a credential allows its tenant. */
enum Scope {
  COUNTER_ADJUST("counter:adjust"),
  COUNTER_CREATE("counter:create"),
  COUNTER_HISTORY("counter:history"),
  COUNTER_INCREMENT("counter:increment"),
  COUNTER_READ("counter:read"),
  TENANT_READ("tenant:read");

  private final String text;

  Scope(String text) {
    this.text = text;
  }

  /** As it stands in JSON. */
  String text() {
    return text;
  }

  static Optional<Scope> of(String text) {
    return Arrays.stream(values()).filter(it -> it.text.equals(text)).findFirst();
  }
}
