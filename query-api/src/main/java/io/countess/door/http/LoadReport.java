package io.countess.door.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.answer.LineOutcome;
import io.countess.answer.LineResult;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Position;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What became of the lines of one load. Many threads may report. */
final class LoadReport {
  /** How many errors are told: those of the first lines that have one. */
  static final int MAX_ERRORS = 1000;

  private final TreeMap<Long, String> errors = new TreeMap<>();
  private final TreeMap<Integer, Long> offsets = new TreeMap<>();
  private final Optional<DecidedLines> decided;
  private final Counter loggedOfAll;
  private final Counter rejectedOfAll;
  private final Counter unknownOfAll;
  private long logged;
  private long rejected;

  /**
   * @param decided of a load that waits for what its lines led to
   */
  LoadReport(MeterRegistry registry, Optional<DecidedLines> decided) {
    this.decided = decided;
    this.loggedOfAll = counter("logged", registry);
    this.rejectedOfAll = counter("rejected", registry);
    this.unknownOfAll = counter("unknown", registry);
  }

  private static Counter counter(String outcome, MeterRegistry registry) {
    return Counter.builder("countess.http.event.lines")
        .description("lines of loads")
        .tag("outcome", outcome)
        .register(registry);
  }

  /** A line is in the log. */
  synchronized void logged(Position position) {
    logged++;
    loggedOfAll.increment();
    for (Map.Entry<Integer, Long> entry : position.offsets().entrySet()) {
      offsets.merge(entry.getKey(), entry.getValue(), Math::max);
    }
  }

  /** A line is in the log, and folded. */
  synchronized void decided(long line, CounterName counter, Decision decision) {
    logged(decision.position().orElse(Position.NONE));
    LineOutcome outcome = LineOutcome.of(decision);
    tell(new LineResult(line, outcome, Optional.of(counter), reason(outcome, decision)));
  }

  private static Optional<String> reason(LineOutcome outcome, Decision decision) {
    return outcome == LineOutcome.REPLAYED
        ? decision.position().map(first -> "it counts at " + first)
        : decision.reason();
  }

  /** Nobody can tell whether a line is in the log, or what it led to. */
  synchronized void unknown(long line, CounterName counter, String reason) {
    unknownOfAll.increment();
    tell(new LineResult(line, LineOutcome.UNKNOWN, Optional.of(counter), Optional.of(reason)));
  }

  synchronized void rejected(long line, String reason) {
    rejected(line, Optional.empty(), reason);
  }

  /** A line that could be read was not taken. */
  synchronized void rejected(long line, CounterName counter, String reason) {
    rejected(line, Optional.of(counter), reason);
  }

  private void rejected(long line, Optional<CounterName> counter, String reason) {
    rejected++;
    rejectedOfAll.increment();
    errors.put(line, reason);
    if (errors.size() > MAX_ERRORS) {
      errors.pollLastEntry();
    }
    tell(new LineResult(line, LineOutcome.REJECTED, counter, Optional.of(reason)));
  }

  private void tell(LineResult result) {
    decided.ifPresent(lines -> lines.add(result));
  }

  /** The highest offsets that were logged. */
  synchronized Position position() {
    return new Position(offsets);
  }

  /**
   * Writes {@code logged}, {@code rejected}, {@code errors} and {@code position}, and of a load
   * that waits what its lines led to.
   */
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
    if (decided.isPresent()) {
      decided.get().write(out);
    }
    out.writeStringField("position", position().toString());
  }

  /** It has been written, or never will be. */
  synchronized void close() {
    decided.ifPresent(DecidedLines::close);
  }
}
