package io.countess.door.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.event.Position;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** What became of the lines of one load. Many threads may report. */
final class LoadReport {
  /** How many errors are told: those of the first lines that have one. */
  static final int MAX_ERRORS = 1000;

  private final TreeMap<Long, String> errors = new TreeMap<>();
  private final TreeMap<Integer, Long> offsets = new TreeMap<>();
  private final Counter loggedOfAll;
  private final Counter rejectedOfAll;
  private long logged;
  private long rejected;

  LoadReport(MeterRegistry registry) {
    this.loggedOfAll = counter("logged", registry);
    this.rejectedOfAll = counter("rejected", registry);
  }

  private static Counter counter(String outcome, MeterRegistry registry) {
    return Counter.builder("countess.http.event.lines")
        .description("lines of loads")
        .tag("outcome", outcome)
        .register(registry);
  }

  synchronized void logged(Position position) {
    logged++;
    loggedOfAll.increment();
    for (Map.Entry<Integer, Long> entry : position.offsets().entrySet()) {
      offsets.merge(entry.getKey(), entry.getValue(), Math::max);
    }
  }

  synchronized void rejected(long line, String reason) {
    rejected++;
    rejectedOfAll.increment();
    errors.put(line, reason);
    if (errors.size() > MAX_ERRORS) {
      errors.pollLastEntry();
    }
  }

  /** The highest offsets that were logged. */
  synchronized Position position() {
    return new Position(offsets);
  }

  /** Writes {@code logged}, {@code rejected}, {@code errors} and {@code position}. */
  synchronized void write(JsonGenerator out) throws IOException {
    out.writeNumberField("logged", logged);
    out.writeNumberField("rejected", rejected);
    out.writeArrayFieldStart("errors");
    for (Map.Entry<Long, String> error : errors.entrySet()) {
      out.writeStartObject();
      out.writeNumberField("line", error.getKey());
      out.writeStringField("reason", error.getValue());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeStringField("position", position().toString());
  }
}
