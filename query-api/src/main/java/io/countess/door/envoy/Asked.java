package io.countess.door.envoy;

import io.countess.door.envoy.Level.Entry;
import io.countess.door.envoy.Level.Matched;
import io.countess.door.envoy.Rule.Limit;
import io.countess.event.CounterName;
import io.countess.event.InvalidInputException;
import io.countess.event.Policy.Mode;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one descriptor of a request asks for.
 *
 * @param rule that holds for it; empty where none does
 * @param counter of its limit; empty where it has none
 * @param hits how much is counted; 0 only looks
 */
record Asked(Optional<Rule> rule, Optional<CounterName> counter, long hits) {
  /** The most descriptors of a request. */
  static final int MOST = 100;

  /** More than any limit allows, and little enough to be summed up. */
  private static final long MOST_HITS = 1L << 40;

  private static final Asked NOTHING = new Asked(Optional.empty(), Optional.empty(), 0);

  /** Where limits are, and under which names they are counted. */
  record Book(Rules rules, CounterNames names) {}

  /**
   * What a request asks for, in the order of its descriptors.
   *
   * @throws InvalidInputException where one can't be read
   */
  static List<Asked> of(RateLimitRequest request, Book book) {
    List<Asked> all =
        request.getDescriptorsList().stream().map(it -> of(it, request, book)).toList();
    Set<String> replaced =
        all.stream()
            .flatMap(asked -> asked.rule.stream())
            .flatMap(rule -> rule.replaces().stream())
            .collect(Collectors.toSet());
    return all.stream().map(asked -> asked.isOneOf(replaced) ? NOTHING : asked).toList();
  }

  private boolean isOneOf(Set<String> names) {
    return rule.isPresent() && names.contains(rule.get().name());
  }

  private static Asked of(RateLimitDescriptor descriptor, RateLimitRequest request, Book book) {
    requireKnown(descriptor);
    String domain = request.getDomain();
    List<Entry> entries =
        descriptor.getEntriesList().stream()
            .map(entry -> new Entry(entry.getKey(), entry.getValue()))
            .toList();
    Optional<Matched> matched =
        descriptor.hasLimit() && book.rules.has(domain) && !entries.isEmpty()
            ? Optional.of(new Matched(Rule.of(brought(descriptor)), entries))
            : book.rules.match(domain, entries);
    long hits = hits(descriptor, request);
    return matched
        .map(
            it ->
                new Asked(
                    Optional.of(it.rule()),
                    it.rule()
                        .limit()
                        .map(limit -> book.names.of(domain, it.entries(), limit.unit())),
                    hits))
        .orElse(NOTHING);
  }

  /** What a later version says about how to count must not be counted in another way. */
  private static void requireKnown(RateLimitDescriptor descriptor) {
    Set<Integer> unknown = descriptor.getUnknownFields().asMap().keySet();
    if (!unknown.isEmpty()) {
      throw new InvalidInputException("descriptors", "have fields that are not known: " + unknown);
    }
  }

  private static Limit brought(RateLimitDescriptor descriptor) {
    RateUnit unit =
        RateUnit.of(descriptor.getLimit().getUnit())
            .orElseThrow(() -> new InvalidInputException("limit.unit", "is none that is known"));
    long requests = Integer.toUnsignedLong(descriptor.getLimit().getRequestsPerUnit());
    return Limit.of(requests, unit, Mode.ENFORCE);
  }

  private static long hits(RateLimitDescriptor descriptor, RateLimitRequest request) {
    if (descriptor.hasHitsAddend()) {
      long own = descriptor.getHitsAddend().getValue();
      return own < 0 ? MOST_HITS : Math.min(own, MOST_HITS); // it is without a sign
    }
    return Math.max(1, Integer.toUnsignedLong(request.getHitsAddend()));
  }

  /** Its limit, where it has one. */
  Optional<Limit> limit() {
    return rule.flatMap(Rule::limit);
  }

  /** Whether its rule says that there is no limit. */
  boolean isUnlimited() {
    return rule.isPresent() && rule.get().limit().isEmpty();
  }
}
