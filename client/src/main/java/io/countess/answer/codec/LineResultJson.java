package io.countess.answer.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.countess.answer.LineOutcome;
import io.countess.answer.LineResult;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.codec.Json;
import io.countess.event.codec.Names;
import java.io.IOException;
import java.util.Optional;

/**
 * What became of a line as JSON: {@code line}, {@code outcome}, and where they are known {@code
 * namespace}, {@code key} and {@code reason}.
 */
public final class LineResultJson implements Fields<LineResult> {
  private long line;
  private LineOutcome outcome = LineOutcome.UNKNOWN;
  private ByteString namespace;
  private ByteString key;
  private Optional<String> reason = Optional.empty();

  /** Writes the fields of a result into an object that has been opened. */
  public static void write(LineResult result, JsonGenerator out) throws IOException {
    out.writeNumberField("line", result.line());
    out.writeStringField("outcome", result.outcome().wireName());
    if (result.counter().isPresent()) {
      Names.write("namespace", result.counter().get().namespace(), out);
      Names.write("key", result.counter().get().key(), out);
    }
    Json.writeIfPresent(out, "reason", result.reason());
  }

  @Override
  public void take(String field, JsonParser in) throws IOException {
    switch (field) {
      case "line" -> line = Json.wholeNumber(field, in);
      case "outcome" -> outcome = LineOutcome.find(Json.text(field, in)).orElse(outcome);
      case "namespace", "namespaceBase64" -> namespace = Names.read(field, in);
      case "key", "keyBase64" -> key = Names.read(field, in);
      case "reason" -> reason = Optional.of(Json.text(field, in));
      default -> in.skipChildren();
    }
  }

  @Override
  public LineResult value() {
    boolean isNamed = namespace != null && key != null;
    var counter =
        isNamed ? Optional.of(new CounterName(namespace, key)) : Optional.<CounterName>empty();
    return new LineResult(line, outcome, counter, reason);
  }
}
