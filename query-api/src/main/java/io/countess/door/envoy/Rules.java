package io.countess.door.envoy;

import io.countess.door.envoy.Level.Entry;
import io.countess.door.envoy.Level.Matched;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
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
    domains = Collections.unmodifiableMap(new LinkedHashMap<>(domains));
  }

  /** A request that a limit is for, in JSON, if there is one. */
  Optional<String> example() {
    for (Map.Entry<String, Level> domain : domains.entrySet()) {
      Optional<String> asked = domain.getValue().example().map(it -> asked(domain.getKey(), it));
      if (asked.isPresent()) {
        return asked;
      }
    }
    return Optional.empty();
  }

  private static String asked(String domain, Entry entry) {
    var descriptor =
        RateLimitDescriptor.newBuilder()
            .addEntries(
                RateLimitDescriptor.Entry.newBuilder().setKey(entry.key()).setValue(entry.value()));
    return JsonHandler.printed(
        RateLimitRequest.newBuilder().setDomain(domain).addDescriptors(descriptor).build());
  }

  boolean has(String domain) {
    return domains.containsKey(domain);
  }

  /** The rule for these entries, if there is one. */
  Optional<Matched> match(String domain, List<Entry> entries) {
    return Optional.ofNullable(domains.get(domain)).flatMap(level -> level.match(entries));
  }
}
