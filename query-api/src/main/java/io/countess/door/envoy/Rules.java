package io.countess.door.envoy;

import io.countess.door.envoy.Level.Entry;
import io.countess.door.envoy.Level.Matched;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is configured.
 *
 * @param domains the descriptors of each
 */
record Rules(Map<String, Level> domains) {
  Rules {
    domains = Map.copyOf(domains);
  }

  boolean has(String domain) {
    return domains.containsKey(domain);
  }

  /** The rule for these entries, if there is one. */
  Optional<Matched> match(String domain, List<Entry> entries) {
    return Optional.ofNullable(domains.get(domain)).flatMap(level -> level.match(entries));
  }
}
