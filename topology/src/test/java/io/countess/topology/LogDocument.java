package io.countess.topology;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What docs/LOG.md shows to the producers of the log. */
final class LogDocument {
  private static final Path FILE = Path.of("..", "docs", "LOG.md");
  private static final String FENCE = "```";
  private static final String ARROW = " → ";

  private LogDocument() {}

  /**
   * A record as it is given to kcat, and what the page says that it is.
   *
   * @param says empty where that is not said
   */
  record Example(String key, String value, String says) {
    static Example of(String line) {
      int arrow = line.indexOf(ARROW);
      String record = arrow < 0 ? line : line.substring(0, arrow).strip();
      int colon = record.indexOf(':');
      return new Example(
          record.substring(0, colon),
          record.substring(colon + 1),
          arrow < 0 ? "" : line.substring(arrow + ARROW.length()));
    }
  }

  /** The examples, in the order of the page. */
  static List<Example> examples() {
    var examples = new ArrayList<Example>();
    String block = "";
    for (String line : lines()) {
      boolean begins = line.startsWith(FENCE) || line.contains("kcat -P") && line.contains("<<");
      if (begins || line.equals("END")) {
        block = line;
      } else if (block.equals(FENCE + "records") || block.contains("kcat -P")) {
        examples.add(Example.of(line));
      }
    }
    return examples;
  }

  /** The rows of the table with this heading, each as its cells, without the marks of code. */
  static List<List<String>> table(String heading) {
    return lines().stream()
        .dropWhile(line -> !line.equals(heading))
        .takeWhile(line -> line.startsWith("|"))
        .skip(2)
        .map(LogDocument::cells)
        .toList();
  }

  /** The page as a whole. */
  static String text() {
    return String.join("\n", lines());
  }

  private static List<String> cells(String row) {
    return Arrays.stream(row.substring(1).split("\\|"))
        .map(cell -> cell.strip().replace("`", ""))
        .toList();
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(FILE);
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }
}
