package io.countess.cli.counters;

import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.event.Event;
import io.countess.event.HeldNumber;
import io.countess.event.Numbers;
import io.countess.event.codec.EventBody;
import io.countess.event.codec.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** A write, field by field. */
@SuppressWarnings("unused") // picocli calls the setters
final class WriteOptions {
  private final Map<String, Object> fields = new TreeMap<>();

  @Option(
      names = "--add",
      paramLabel = "N",
      description =
          "Add to the number, or to 0 where there is none. 1 is added to whole numbers only, 1.0 to"
              + " any.")
  private void setAdd(String number) {
    fields.put("add", number("add", number));
  }

  @Option(names = "--to", paramLabel = "N", description = "Set the number.")
  private void setTo(String number) {
    fields.put("to", number("to", number));
  }

  @Option(names = "--delete", description = "Delete the number.")
  private boolean deletes;

  @Option(names = "--min", paramLabel = "N", description = "With --add: the least sum.")
  private void setMin(String number) {
    fields.put("min", number("min", number));
  }

  @Option(names = "--max", paramLabel = "N", description = "With --add: the greatest sum.")
  private void setMax(String number) {
    fields.put("max", number("max", number));
  }

  @Option(
      names = "--saturate",
      description = "A sum beyond a bound becomes that bound, and is not refused.")
  private void setSaturate(boolean saturates) {
    fields.put("saturate", saturates);
  }

  @Option(
      names = "--if",
      paramLabel = "absent|present",
      description = "Only where the counter holds nothing, or a number.")
  private void setIf(String condition) {
    fields.put("if", condition);
  }

  @Option(names = "--ttl", paramLabel = "DURATION", description = "It ends so long after now.")
  private void setTtl(String ttl) {
    fields.put("ttl", ttl);
  }

  @Option(names = "--expires-at", paramLabel = "TIME", description = "It ends at this time.")
  private void setExpiresAt(String time) {
    fields.put("expiresAt", time);
  }

  @Option(
      names = "--expires",
      paramLabel = "keep|never",
      description = "It does not end; or with --to, it ends when the number before would.")
  private void setExpires(String how) {
    fields.put("expires", how);
  }

  @Option(
      names = "--expires-if",
      paramLabel = "absent|present|later|sooner|present-sooner",
      description =
          "The end changes only where there is none, or one, or where it becomes later or sooner;"
              + " with present-sooner only one that is there becomes sooner.")
  private void setExpiresIf(String condition) {
    fields.put("expiresIf", condition);
  }

  /** The write that the options tell. */
  Event event() {
    return EventBody.decode("write", Json.object(this::write)).event();
  }

  /** With a digit behind the point where a point or an exponent was written. */
  private static BigDecimal number(String field, String text) {
    BigDecimal number = Numbers.parseExact(field, text);
    HeldNumber.require(field, number);
    boolean isReal = text.chars().anyMatch(c -> ".eE".indexOf(c) >= 0);
    return isReal && number.scale() < 1 ? number.setScale(1) : number;
  }

  private void write(JsonGenerator out) throws IOException {
    for (var field : fields.entrySet()) {
      out.writeFieldName(field.getKey());
      if (field.getValue() instanceof BigDecimal number) {
        out.writeNumber(number.toPlainString());
      } else if (field.getValue() instanceof Boolean holds) {
        out.writeBoolean(holds);
      } else {
        out.writeString((String) field.getValue());
      }
    }
    if (deletes) {
      out.writeNullField("to");
    }
  }
}
