package io.countess.query.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Writes records as objects of their components. A case of a sealed interface stands in an object
 * with its name as the only field; what is empty is left out.
 */
final class RecordWriter {
  private final JsonGenerator out;

  RecordWriter(JsonGenerator out) {
    this.out = out;
  }

  void write(Object value) throws IOException {
    var text = TextForm.of(value.getClass());
    if (text.isPresent()) {
      out.writeString(text.get().write(value));
    } else if (value instanceof Long || value instanceof Integer) {
      out.writeNumber(((Number) value).longValue());
    } else if (value instanceof Double number) {
      out.writeString(number.toString()); // JSON knows no infinity
    } else if (value instanceof Boolean flag) {
      out.writeBoolean(flag);
    } else if (value instanceof Collection<?> many) {
      writeAll(many);
    } else if (value instanceof Map<?, ?> map) {
      writeMap(map);
    } else if (value instanceof Record record) {
      writeRecord(record);
    } else {
      throw new IllegalStateException("no JSON form for " + value.getClass());
    }
  }

  private void writeRecord(Record record) throws IOException {
    boolean isCase = RecordForm.isCase(record.getClass());
    if (isCase) {
      out.writeStartObject();
      out.writeFieldName(record.getClass().getSimpleName());
    }
    out.writeStartObject();
    var form = RecordForm.of(record.getClass());
    for (RecordComponent component : form.components()) {
      writeField(component.getName(), form.get(component, record));
    }
    out.writeEndObject();
    if (isCase) {
      out.writeEndObject();
    }
  }

  private void writeField(String name, Object value) throws IOException {
    Object present = present(value);
    if (present != null) {
      out.writeFieldName(name);
      write(present);
    }
  }

  /** What is in an optional; null where it is empty. */
  private static Object present(Object value) {
    if (value instanceof Optional<?> it) {
      return it.orElse(null);
    } else if (value instanceof OptionalLong it) {
      return it.isPresent() ? it.getAsLong() : null;
    } else if (value instanceof OptionalInt it) {
      return it.isPresent() ? it.getAsInt() : null;
    } else if (value instanceof OptionalDouble it) {
      return it.isPresent() ? it.getAsDouble() : null;
    }
    return value;
  }

  private void writeAll(Collection<?> many) throws IOException {
    out.writeStartArray();
    for (Object each : many) {
      write(each);
    }
    out.writeEndArray();
  }

  private void writeMap(Map<?, ?> map) throws IOException {
    out.writeStartObject();
    for (var entry : map.entrySet()) {
      writeField(entry.getKey().toString(), entry.getValue());
    }
    out.writeEndObject();
  }
}
