package io.countess.cli.policy;

import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.event.InvalidInputException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One of several limits as words: {@code leaky rate=10/s capacity=10}. The kind need not be there
 * where the fields tell it.
 */
record LimitText(Map<String, String> fields) {
  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,19}");
  private static final Set<String> NUMBERS =
      Set.of("limit", "capacity", "initial", "min", "max", "maxDelta", "keep");

  /**
   * Reads the words.
   *
   * @throws InvalidInputException where one is no field with a value, and no kind
   */
  static LimitText parse(String text) {
    var fields = new TreeMap<String, String>();
    for (String word : text.strip().split("\\s+", -1)) {
      int equals = word.indexOf('=');
      String field = equals < 0 ? "kind" : word.substring(0, equals);
      if (field.isEmpty() || word.isEmpty()) {
        throw invalid(text, "it must be as 'rate=10/s capacity=10'");
      }
      if (fields.put(field, word.substring(equals + 1)) != null) {
        throw invalid(text, field + " is given twice in it");
      }
    }
    if (!fields.containsKey("kind")) {
      fields.put("kind", Kinds.kindOf(fields.keySet(), Optional::empty));
    }
    return new LimitText(fields);
  }

  private static InvalidInputException invalid(String text, String why) {
    return new InvalidInputException("limits", "has '" + text + "'; " + why);
  }

  /** Writes it as an object. */
  void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    for (Map.Entry<String, String> field : fields.entrySet()) {
      out.writeFieldName(field.getKey());
      if (NUMBERS.contains(field.getKey()) && WHOLE.matcher(field.getValue()).matches()) {
        out.writeNumber(field.getValue());
      } else {
        out.writeString(field.getValue());
      }
    }
    out.writeEndObject();
  }
}
