package io.countess.door.tenants;

import io.countess.event.ByteString;
import io.countess.event.CounterName;

/**
 * Where everything is. What belongs to a tenant carries its id as hash tag, so one record can
 * change several counters of it.
 *
 * @param namespace of counters, labels and credentials
 */
record Names(ByteString namespace) {
  private static final String COUNTERS = "/counters/";

  /** A tenant: its policy describes it. */
  CounterName tenant(String id) {
    return name("{tenants}/" + id);
  }

  /** Is there while a tenant has this label. */
  CounterName tenantLabel(String label) {
    return name("{tenants}/labels/" + label);
  }

  CounterName counter(String tenant, String id) {
    return name(counters(tenant) + id);
  }

  /** What the names of a tenant's counters begin with. */
  String counters(String tenant) {
    return "{" + tenant + "}" + COUNTERS;
  }

  /** Is there while a counter of the tenant has this label. */
  CounterName counterLabel(String tenant, String label) {
    return name("{" + tenant + "}/labels/" + label);
  }

  /** Remembers the idempotency keys of a tenant, whichever counter they came for. */
  CounterName operations(String tenant) {
    return name("{" + tenant + "}/operations");
  }

  CounterName credential(String id) {
    return name("credentials/" + id);
  }

  /** Where requests that write are counted, by who sends them. */
  ByteString writes() {
    return beside(".writes");
  }

  /** Where those are counted that read. */
  ByteString reads() {
    return beside(".reads");
  }

  private ByteString beside(String suffix) {
    return ByteString.utf8(namespace.text().orElse("") + suffix);
  }

  private CounterName name(String key) {
    return new CounterName(namespace, ByteString.utf8(key));
  }
}
