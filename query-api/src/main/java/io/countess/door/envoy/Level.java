package io.countess.door.envoy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Descriptors that stand beside each other in a configuration. Of these an entry of a request
 * matches the one with its key and value, else the first with its key whose value ends in {@code *}
 * and begins as the entry's does, else the one with its key and without a value.
 */
final class Level {
  static final Level EMPTY = new Level(Map.of());

  private static final String ANY = "*";

  private final Map<Entry, Node> exact;
  private final Map<String, Node> byKey = new LinkedHashMap<>();
  private final Map<String, List<Wildcard>> wildcards = new LinkedHashMap<>();

  /**
   * @param nodes in the order of the configuration; with an empty value for any value
   */
  Level(Map<Entry, Node> nodes) {
    exact = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
    nodes.forEach(this::add);
  }

  private void add(Entry entry, Node node) {
    if (entry.value().isEmpty()) {
      byKey.put(entry.key(), node);
    } else if (entry.value().endsWith(ANY)) {
      String prefix = entry.value().substring(0, entry.value().length() - ANY.length());
      wildcards
          .computeIfAbsent(entry.key(), key -> new ArrayList<>())
          .add(new Wildcard(prefix, entry, node));
    }
  }

  /** A key with a value. */
  record Entry(String key, String value) {}

  /**
   * A descriptor.
   *
   * @param rule for requests that end there
   * @param shares whether all values that match a value with a {@code *} are counted as one
   */
  record Node(Optional<Rule> rule, boolean shares, Level below) {}

  private record Wildcard(String prefix, Entry entry, Node node) {}

  /**
   * A rule with the entries for which it counts.
   *
   * @param entries those of the request, but with the pattern for a value that is counted with
   *     others
   */
  record Matched(Rule rule, List<Entry> entries) {}

  /** An entry that the first descriptor with a limit of its own matches, if there is one. */
  Optional<Entry> example() {
    return exact.entrySet().stream()
        .filter(it -> it.getValue().rule().flatMap(Rule::limit).isPresent())
        .findFirst()
        .map(it -> new Entry(it.getKey().key(), it.getKey().value().replace(ANY, "")));
  }

  /** The rule of the descriptor that these entries lead to, if there is one. */
  Optional<Matched> match(List<Entry> entries) {
    var counted = new ArrayList<Entry>();
    Level level = this;
    Optional<Rule> rule = Optional.empty();
    for (Entry entry : entries) {
      Optional<Step> step = level.step(entry);
      if (step.isEmpty()) {
        return Optional.empty();
      }
      counted.add(step.get().countedAs());
      rule = step.get().node().rule();
      level = step.get().node().below();
    }
    return rule.map(it -> new Matched(it, List.copyOf(counted)));
  }

  private record Step(Node node, Entry countedAs) {}

  private Optional<Step> step(Entry entry) {
    Node same = entry.value().isEmpty() ? null : exact.get(entry);
    if (same != null) {
      return Optional.of(new Step(same, entry));
    }
    for (Wildcard wildcard : wildcards.getOrDefault(entry.key(), List.of())) {
      if (entry.value().startsWith(wildcard.prefix)) {
        boolean shares = wildcard.node.shares();
        return Optional.of(new Step(wildcard.node, shares ? wildcard.entry : entry));
      }
    }
    return Optional.ofNullable(byKey.get(entry.key())).map(node -> new Step(node, entry));
  }
}
