package io.countess.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** docs/JAVA-CLIENT.md, and the class of tests that its blocks of Java are taken from. */
final class JavaClientPage {
  private static final Path PAGE = Path.of("..", "docs", "JAVA-CLIENT.md");
  private static final Path EXAMPLES =
      Path.of("src", "test", "java", "io", "countess", "page", "JavaClientExamples.java");

  private JavaClientPage() {}

  static String text() {
    return read(PAGE);
  }

  /** The blocks of Java on the page, in order. */
  static List<String> blocks() {
    var blocks = new ArrayList<String>();
    StringBuilder block = null;
    for (String line : text().lines().toList()) {
      if (line.equals("```java")) {
        block = new StringBuilder();
      } else if (block != null && line.equals("```")) {
        blocks.add(block.toString().strip());
        block = null;
      } else if (block != null) {
        block.append(line).append('\n');
      }
    }
    return blocks;
  }

  /** What stands between the marks in the class, by name, in order. */
  static Map<String, String> examples() {
    var examples = new LinkedHashMap<String, String>();
    String name = null;
    var example = new StringBuilder();
    for (String line : read(EXAMPLES).lines().toList()) {
      String mark = line.strip();
      if (mark.startsWith("// page: ")) {
        name = mark.substring("// page: ".length());
      } else if (name != null && mark.equals("// end")) {
        examples.put(name, example.toString().stripTrailing().stripIndent().strip());
        example.setLength(0);
        name = null;
      } else if (name != null) {
        example.append(line).append('\n');
      }
    }
    return examples;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
