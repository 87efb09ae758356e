package io.countess.answer.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.answer.Denial;
import io.countess.event.codec.Json;
import io.countess.event.codec.Names;
import java.io.IOException;

/**
 * Why a key does not allow something as JSON: {@code scope}, {@code patterns}, {@code namespace}.
 */
public final class DenialJson {
  private DenialJson() {}

  /** Writes the fields of a denial into an object that has been opened; but not whose it is. */
  public static void write(Denial denial, JsonGenerator out) throws IOException {
    out.writeStringField("scope", denial.scope());
    if (!denial.patterns().isEmpty()) {
      Json.writeTexts(out, "patterns", denial.patterns());
    }
    if (denial.namespace().isPresent()) {
      Names.write("namespace", denial.namespace().get(), out);
    }
  }
}
