package io.countess.answer.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.countess.answer.LineOutcome;
import io.countess.answer.LineResult;
import io.countess.answer.LoadOutcomes;
import io.countess.event.codec.Json;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What became of a load's lines as fields of its report: {@code outcomes}, a number for each;
 * {@code first}, a line for each that there is; where lines are listed {@code lines}, and {@code
 * unlisted}.
 */
public final class LoadOutcomesJson implements Fields<LoadOutcomes> {
  private final Map<LineOutcome, Long> counts = new EnumMap<>(LineOutcome.class);
  private List<LineResult> first = List.of();
  private List<LineResult> lines = List.of();
  private long unlisted;
  private boolean isThere;

  /** Writes {@code outcomes} and {@code first}. */
  public static void write(LoadOutcomes outcomes, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("outcomes");
    for (LineOutcome outcome : LineOutcome.values()) {
      if (outcome != LineOutcome.REJECTED) {
        out.writeNumberField(outcome.wireName(), outcomes.count(outcome));
      }
    }
    out.writeEndObject();
    Json.writeList(out, "first", outcomes.first(), LineResultJson::write);
  }

  /** Writes {@code lines} and {@code unlisted}. */
  public static void write(Iterable<LineResult> lines, long unlisted, JsonGenerator out)
      throws IOException {
    out.writeArrayFieldStart("lines");
    for (LineResult line : lines) {
      out.writeStartObject();
      LineResultJson.write(line, out);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeNumberField("unlisted", unlisted);
  }

  @Override
  public void take(String field, JsonParser in) throws IOException {
    switch (field) {
      case "outcomes" -> {
        isThere = true;
        Json.readFields(field, in, this::takeCount);
      }
      case "first" -> first = results(field, in);
      case "lines" -> lines = results(field, in);
      case "unlisted" -> unlisted = Json.wholeNumber(field, in);
      default -> in.skipChildren();
    }
  }

  private void takeCount(String field, JsonParser in) throws IOException {
    var outcome = LineOutcome.find(field);
    if (outcome.isPresent()) {
      counts.put(outcome.get(), Json.wholeNumber(field, in));
    } else {
      in.skipChildren();
    }
  }

  private static List<LineResult> results(String field, JsonParser in) throws IOException {
    return Json.list(field, in, it -> Fields.read("line", it, new LineResultJson()));
  }

  /** Whether anything was told of outcomes. */
  public boolean isThere() {
    return isThere;
  }

  /** The lines that were listed. */
  public List<LineResult> lines() {
    return lines;
  }

  @Override
  public LoadOutcomes value() {
    return new LoadOutcomes(counts, first, unlisted);
  }
}
