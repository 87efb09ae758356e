package io.countess.cli.console;

import io.countess.event.codec.Json;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a command answers, row by row: in columns, or as one JSON object a line. The same wherever
 * it goes, but that a header stands above columns only on a terminal.
 */
public final class Output {
  private static final String ABSENT = "-";

  private final PrintStream out;
  private final boolean asJson;
  private final boolean withHeader;
  private List<Column> columns = List.of();

  Output(Terminal terminal, OutputOptions.Format format) {
    this.out = terminal.out();
    this.asJson = format == OutputOptions.Format.JSON;
    this.withHeader = terminal.outIsTerminal();
  }

  /**
   * A column.
   *
   * @param width of all but longer values; the last column has none
   */
  public record Column(String title, int width) {
    /** A column of numbers. */
    public static Column number(String title) {
      return new Column(title, 12);
    }

    /** A column of words. */
    public static Column text(String title, int width) {
      return new Column(title, -width);
    }
  }

  /** Starts a table. */
  public void columns(Column... of) {
    columns = List.of(of);
    if (withHeader && !asJson) {
      print(columns.stream().map(Column::title).toList());
    }
  }

  /** Writes a row: the cells or the object. */
  public void row(Json.Writer json, Object... cells) {
    if (asJson) {
      out.println(object(json));
    } else {
      print(List.of(cells));
    }
  }

  /** Writes a line of text or the object. */
  public void line(Json.Writer json, Object text) {
    out.println(asJson ? object(json) : text);
  }

  /** Hands over what was written; false where nobody reads it any more. */
  public boolean isRead() {
    return !out.checkError();
  }

  private void print(List<?> cells) {
    var line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String text = text(cells.get(i));
      int width = columns.get(i).width();
      int padding = Math.max(0, Math.abs(width) - text.length());
      boolean last = i == cells.size() - 1;
      line.append(width > 0 ? " ".repeat(padding) : "").append(text);
      line.append(width < 0 && !last ? " ".repeat(padding) : "").append(last ? "" : "  ");
    }
    out.println(line);
  }

  private static String text(Object cell) {
    if (cell instanceof OptionalLong number) {
      return number.isPresent() ? Long.toString(number.getAsLong()) : ABSENT;
    }
    return Printable.of(cell.toString());
  }

  private static String object(Json.Writer fields) {
    return new String(Json.object(fields), StandardCharsets.UTF_8);
  }
}
