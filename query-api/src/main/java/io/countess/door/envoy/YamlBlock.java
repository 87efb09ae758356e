package io.countess.door.envoy;

import io.countess.event.InvalidInputException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping in a file of YAML. Nothing is made of tags; scalars are read as what is asked for. So a
 * value such as {@code 1.10} stays what stands there.
 */
final class YamlBlock {
  private static final int MOST_NESTED = 100;
  private static final int MOST_CHARACTERS = 8 << 20;
  private static final Set<Tag> SCALARS =
      Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.TIMESTAMP, Tag.NULL);
  private static final Set<String> YES = Set.of("true", "yes", "on", "y");
  private static final Set<String> NO = Set.of("false", "no", "off", "n");
  private static final int MOST_DIGITS = 18;

  private final String file;
  private final Node node;
  private final Map<String, Node> parts = new LinkedHashMap<>();

  private YamlBlock(String file, Node node) {
    this.file = file;
    this.node = node;
    if (!(node instanceof MappingNode mapping)) {
      throw wrong(file, node.getStartMark(), "keys with values must stand there");
    }
    for (NodeTuple tuple : mapping.getValue()) {
      Node key = tuple.getKeyNode();
      String name = key instanceof ScalarNode scalar ? scalar.getValue() : "";
      if (name.isEmpty()) {
        throw wrong(file, key.getStartMark(), "a key must be a name");
      }
      if (parts.put(name, tuple.getValueNode()) != null) {
        throw wrong(file, key.getStartMark(), "the key " + name + " stands there twice");
      }
    }
  }

  /**
   * The mapping that a file holds.
   *
   * @param file its name, for messages
   * @throws InvalidInputException naming the file, the line, and what is wrong there
   */
  static YamlBlock parse(String file, String text) {
    Node root;
    try {
      root = new Yaml(options()).compose(new StringReader(text));
    } catch (MarkedYAMLException malformed) {
      throw wrong(file, malformed.getProblemMark(), String.valueOf(malformed.getProblem()));
    } catch (YAMLException malformed) {
      throw wrong(file, null, String.valueOf(malformed.getMessage()));
    }
    if (root == null) {
      throw wrong(file, null, "nothing stands there");
    }
    return new YamlBlock(file, root);
  }

  /** Aliases are bounded, so that few lines can't stand for more than memory holds. */
  private static LoaderOptions options() {
    var options = new LoaderOptions();
    options.setNestingDepthLimit(MOST_NESTED);
    options.setCodePointLimit(MOST_CHARACTERS);
    options.setMergeOnCompose(true);
    return options;
  }

  /** Checks that it has no other keys; {@code elsewhere} says where else some would be right. */
  void requireKeys(Set<String> known, Map<String, String> elsewhere) {
    parts.forEach(
        (key, value) -> {
          if (!known.contains(key)) {
            throw wrong(
                file,
                value.getStartMark(),
                Optional.ofNullable(elsewhere.get(key))
                    .map(why -> "the key " + key + " " + why)
                    .orElseGet(
                        () ->
                            "unknown key '%s'; known are %s"
                                .formatted(key, String.join(", ", new TreeSet<>(known)))));
          }
        });
  }

  boolean has(String key) {
    return parts.containsKey(key) && !parts.get(key).getTag().equals(Tag.NULL);
  }

  /** A text, as it stands there; empty where there is none. */
  String text(String key) {
    if (!has(key)) {
      return "";
    }
    Node value = parts.get(key);
    if (value instanceof ScalarNode scalar && SCALARS.contains(value.getTag())) {
      return scalar.getValue();
    }
    throw wrong(file, value.getStartMark(), key + " must be a text");
  }

  /** Whether it is so; false where nothing says so. */
  boolean flag(String key) {
    String text = text(key).toLowerCase(Locale.ROOT);
    if (text.isEmpty() || NO.contains(text)) {
      return false;
    } else if (YES.contains(text)) {
      return true;
    }
    throw at(key, "is '" + text(key) + "'; it must be true or false");
  }

  /** A whole number of at most so much. */
  OptionalLong number(String key, long most) {
    String text = text(key);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    boolean isNumber =
        text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!isNumber || Long.parseLong(text) > most) {
      throw at(key, "is '" + text + "'; it must be a whole number from 0 to " + most);
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  Optional<YamlBlock> block(String key) {
    return has(key) ? Optional.of(new YamlBlock(file, parts.get(key))) : Optional.empty();
  }

  /** The mappings of a list; none where there is no list. */
  List<YamlBlock> blocks(String key) {
    if (!has(key)) {
      return List.of();
    }
    if (!(parts.get(key) instanceof SequenceNode list)) {
      throw at(key, "must be a list");
    }
    var all = new ArrayList<YamlBlock>();
    list.getValue().forEach(item -> all.add(new YamlBlock(file, item)));
    return all;
  }

  /** The number of its first line. */
  int line() {
    return node.getStartMark().getLine() + 1;
  }

  /** That something is wrong with what stands under a key. */
  InvalidInputException at(String key, String rule) {
    return wrong(file, parts.get(key).getStartMark(), key + " " + rule);
  }

  /** That something is wrong with all of it. */
  InvalidInputException wrong(String what) {
    return wrong(file, node.getStartMark(), what);
  }

  private static InvalidInputException wrong(String file, Mark mark, String what) {
    String line = mark == null ? "" : " line " + (mark.getLine() + 1);
    return new InvalidInputException(RuleFiles.SETTING, file + line + ": " + what);
  }
}
