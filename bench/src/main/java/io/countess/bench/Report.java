package io.countess.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/**
 * Everything that was measured, on what, and how.
 *
 * @param machine with how busy it was, in a line
 */
record Report(Plan plan, String machine, List<Comparison> comparisons) {
  private static final String ROW = "  %-38s %12s %12s %12s %8s%n";

  Report {
    comparisons = List.copyOf(comparisons);
  }

  /** Writes it for people. */
  void table(PrintStream out) {
    out.println(machine);
    out.printf(
        "%s store, commits every %d ms; %d records, %d keys, %d rounds%n",
        plan.store(), plan.commitInterval().toMillis(), plan.records(), plan.keys(), plan.rounds());
    for (Comparison comparison : comparisons) {
      out.println();
      out.println(comparison.title());
      out.printf(ROW, "", "min", "median", "max", "ratio");
      comparison.series().forEach(series -> row(comparison, series, out));
    }
    out.println();
    out.println("ratio: how many times that of the line Countess's is, the median of the rounds");
  }

  /** Writes it for programs, as one JSON object. */
  void json(PrintStream out) {
    var text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      json.writeStringField("machine", machine);
      json.writeStringField("store", plan.store());
      json.writeNumberField("commitIntervalMillis", plan.commitInterval().toMillis());
      json.writeNumberField("records", plan.records());
      json.writeNumberField("keys", plan.keys());
      json.writeArrayFieldStart("comparisons");
      for (Comparison comparison : comparisons) {
        write(comparison, json);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    out.println(text);
  }

  private static void row(Comparison comparison, Series series, PrintStream out) {
    Unit unit = comparison.unit();
    boolean own = series.equals(comparison.subject());
    String ratio = own ? "" : String.format(Locale.ROOT, "%.2f", comparison.subject().over(series));
    out.printf(
        ROW,
        series.name(),
        unit.format(series.min()),
        unit.format(series.median()),
        unit.format(series.max()),
        ratio);
  }

  private static void write(Comparison comparison, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("title", comparison.title());
    json.writeStringField("unit", comparison.unit().symbol());
    json.writeArrayFieldStart("series");
    for (Series series : comparison.series()) {
      json.writeStartObject();
      json.writeStringField("name", series.name());
      json.writeNumberField("median", series.median());
      if (!series.equals(comparison.subject())) {
        json.writeNumberField("ratio", comparison.subject().over(series));
      }
      json.writeArrayFieldStart("rounds");
      for (double value : series.rounds()) {
        json.writeNumber(value);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
