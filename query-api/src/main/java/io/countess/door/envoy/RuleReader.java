package io.countess.door.envoy;

import io.countess.door.envoy.Level.Entry;
import io.countess.door.envoy.Level.Node;
import io.countess.door.envoy.Rule.Limit;
import io.countess.event.Policy.Mode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the files of envoyproxy/ratelimit: a domain each, with its descriptors. */
final class RuleReader {
  private static final String DOMAIN = "domain";
  private static final String DESCRIPTORS = "descriptors";
  private static final String KEY = "key";
  private static final String VALUE = "value";
  private static final String RATE_LIMIT = "rate_limit";
  private static final String UNIT = "unit";
  private static final String REQUESTS = "requests_per_unit";
  private static final String UNLIMITED = "unlimited";
  private static final String NAME = "name";
  private static final String REPLACES = "replaces";
  private static final String SHADOW_MODE = "shadow_mode";
  private static final String SHARE_THRESHOLD = "share_threshold";

  private static final Set<String> OF_FILES = Set.of(DOMAIN, DESCRIPTORS);
  private static final Set<String> OF_LIMITS = Set.of(UNIT, REQUESTS, UNLIMITED, NAME, REPLACES);

  /** The last two say how envoyproxy/ratelimit names its statistics, and change nothing here. */
  private static final Set<String> OF_DESCRIPTORS =
      Set.of(
          KEY,
          VALUE,
          RATE_LIMIT,
          DESCRIPTORS,
          SHADOW_MODE,
          SHARE_THRESHOLD,
          "detailed_metric",
          "value_to_metric");

  private static final String IN_LIMITS = "belongs into rate_limit";
  private static final String BESIDE_LIMITS = "belongs beside rate_limit, not into it";
  private static final String NOT_HERE = "is for what this door does not do";

  /** Where keys belong that stand in the wrong place. */
  private static final Map<String, String> MISPLACED_IN_DESCRIPTORS =
      Map.of(
          UNIT,
          IN_LIMITS,
          REQUESTS,
          IN_LIMITS,
          UNLIMITED,
          IN_LIMITS,
          NAME,
          IN_LIMITS,
          REPLACES,
          IN_LIMITS,
          "quota_mode",
          NOT_HERE,
          "metadata",
          NOT_HERE);

  private static final Map<String, String> MISPLACED_IN_LIMITS =
      Map.of(
          SHADOW_MODE,
          BESIDE_LIMITS,
          SHARE_THRESHOLD,
          BESIDE_LIMITS,
          "detailed_metric",
          BESIDE_LIMITS,
          "value_to_metric",
          BESIDE_LIMITS);

  private static final long MOST_REQUESTS = 0xffff_ffffL;
  private static final int MOST_NESTED = 32;
  private static final int MOST_DESCRIPTORS = 100_000;

  private final Map<String, Level> domains = new LinkedHashMap<>();
  private final Map<String, String> files = new LinkedHashMap<>();
  private int descriptors;

  /**
   * Adds what a file holds.
   *
   * @param file its name, for messages
   * @throws io.countess.event.InvalidInputException naming the file, the line, and what is wrong
   */
  void add(String file, String text) {
    YamlBlock root = YamlBlock.parse(file, text);
    root.requireKeys(OF_FILES, Map.of());
    String domain = root.text(DOMAIN);
    if (domain.isEmpty()) {
      throw root.wrong("domain is missing");
    }
    String other = files.put(domain, file);
    if (other != null) {
      throw root.at(DOMAIN, "is '%s', as in %s; a domain is in one file".formatted(domain, other));
    }
    domains.put(domain, level(root.blocks(DESCRIPTORS), 1));
  }

  Rules read() {
    return new Rules(domains);
  }

  private Level level(List<YamlBlock> blocks, int depth) {
    var nodes = new LinkedHashMap<Entry, Node>();
    var lines = new LinkedHashMap<Entry, Integer>();
    for (YamlBlock block : blocks) {
      requireBounds(block, depth);
      block.requireKeys(OF_DESCRIPTORS, MISPLACED_IN_DESCRIPTORS);
      var entry = new Entry(block.text(KEY), block.text(VALUE));
      if (entry.key().isEmpty()) {
        throw block.wrong("key is missing");
      }
      Integer line = lines.putIfAbsent(entry, block.line());
      if (line != null) {
        throw block.wrong(
            "the descriptor %s stands in line %d already".formatted(shown(entry), line));
      }
      nodes.put(entry, node(block, depth));
    }
    return nodes.isEmpty() ? Level.EMPTY : new Level(nodes);
  }

  /** Aliases let a short file hold many descriptors, or one that holds itself. */
  private void requireBounds(YamlBlock block, int depth) {
    if (depth > MOST_NESTED) {
      throw block.wrong("descriptors are nested more than " + MOST_NESTED + " deep");
    } else if (++descriptors > MOST_DESCRIPTORS) {
      throw block.wrong("there are more than " + MOST_DESCRIPTORS + " descriptors");
    }
  }

  private static String shown(Entry entry) {
    return entry.value().isEmpty() ? entry.key() : entry.key() + "=" + entry.value();
  }

  private Node node(YamlBlock block, int depth) {
    boolean shares = block.flag(SHARE_THRESHOLD);
    if (shares && !block.text(VALUE).endsWith("*")) {
      throw block.at(SHARE_THRESHOLD, "is for a value that ends in *");
    }
    Mode mode = block.flag(SHADOW_MODE) ? Mode.OBSERVE : Mode.ENFORCE;
    Optional<Rule> rule = block.block(RATE_LIMIT).map(it -> rule(it, mode));
    return new Node(rule, shares, level(block.blocks(DESCRIPTORS), depth + 1));
  }

  private static Rule rule(YamlBlock block, Mode mode) {
    block.requireKeys(OF_LIMITS, MISPLACED_IN_LIMITS);
    return new Rule(block.text(NAME), replaced(block), limit(block, mode));
  }

  private static Optional<Limit> limit(YamlBlock block, Mode mode) {
    String unit = block.text(UNIT);
    if (block.flag(UNLIMITED)) {
      if (!unit.isEmpty()) {
        throw block.at(UNIT, "is for limits; this one is unlimited");
      }
      return Optional.empty();
    }
    if (unit.isEmpty()) {
      throw block.wrong("unit is missing");
    }
    RateUnit known =
        RateUnit.named(unit)
            .orElseThrow(
                () ->
                    block.at(
                        UNIT,
                        "is '%s'; it must be second, minute, hour, day, week, month or year"
                            .formatted(unit)));
    long requests =
        block
            .number(REQUESTS, MOST_REQUESTS)
            .orElseThrow(() -> block.wrong("requests_per_unit is missing"));
    return Optional.of(Limit.of(requests, known, mode));
  }

  private static List<String> replaced(YamlBlock block) {
    var names = new ArrayList<String>();
    for (YamlBlock replaced : block.blocks(REPLACES)) {
      replaced.requireKeys(Set.of(NAME), Map.of());
      String name = replaced.text(NAME);
      if (name.isEmpty()) {
        throw replaced.wrong("name is missing");
      } else if (name.equals(block.text(NAME))) {
        throw replaced.at(NAME, "is '" + name + "'; a limit does not replace itself");
      }
      names.add(name);
    }
    return names;
  }
}
