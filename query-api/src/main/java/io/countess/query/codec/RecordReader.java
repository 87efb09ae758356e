package io.countess.query.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.countess.event.InvalidInputException;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads what {@link RecordWriter} has written. */
final class RecordReader {
  private final JsonParser in;
  private final Type variable;
  private final boolean skipsUnknown;

  private RecordReader(JsonParser in, Type variable, boolean skipsUnknown) {
    this.in = in;
    this.variable = variable;
    this.skipsUnknown = skipsUnknown;
  }

  /** Refuses fields that it does not know: what is asked must be understood as a whole. */
  static RecordReader strict(JsonParser in) {
    return new RecordReader(in, Object.class, false);
  }

  /**
   * Passes over fields that it does not know, which a newer instance may send.
   *
   * @param variable what stands where a record has a type variable
   */
  static RecordReader lenient(JsonParser in, Type variable) {
    return new RecordReader(in, variable, true);
  }

  /** Reads a value of a type; the parser stands at its first token, and then at its last. */
  Object read(Type type) throws IOException {
    if (type instanceof TypeVariable<?>) {
      return read(variable);
    }
    Type[] arguments = new Type[0];
    Class<?> raw;
    if (type instanceof ParameterizedType generic) {
      arguments = generic.getActualTypeArguments();
      raw = (Class<?>) generic.getRawType();
    } else {
      raw = (Class<?>) type;
    }
    var text = TextForm.of(raw);
    if (text.isPresent()) {
      return text.get().read(text());
    } else if (Collection.class.isAssignableFrom(raw)) {
      return readAll(raw, arguments[0]);
    } else if (Map.class.isAssignableFrom(raw)) {
      return readMap(arguments[1]);
    } else if (raw.isSealed() || RecordForm.isCase(raw)) {
      return readCase(raw);
    }
    return raw.isRecord() ? readRecord(raw) : readPlain(raw);
  }

  private Object readPlain(Class<?> raw) throws IOException {
    if (raw == long.class || raw == Long.class) {
      return number();
    } else if (raw == int.class || raw == Integer.class) {
      return Math.toIntExact(number());
    } else if (raw == double.class || raw == Double.class) {
      return Double.parseDouble(text());
    } else if (raw == boolean.class || raw == Boolean.class) {
      require(in.currentToken().isBoolean(), "true or false");
      return in.getBooleanValue();
    }
    throw new IllegalStateException("no JSON form for " + raw);
  }

  private Object readCase(Class<?> among) throws IOException {
    require(in.currentToken() == JsonToken.START_OBJECT, "an object");
    String name = in.nextFieldName();
    Class<?> found =
        (among.isSealed()
                ? Arrays.stream(among.getPermittedSubclasses())
                : Arrays.stream(new Class<?>[] {among}))
            .filter(each -> each.getSimpleName().equals(name))
            .findAny()
            .orElseThrow(() -> new InvalidInputException(name, "is not known here"));
    in.nextToken();
    Object read = readRecord(found);
    require(in.nextToken() == JsonToken.END_OBJECT, "one field");
    return read;
  }

  private Object readRecord(Class<?> type) throws IOException {
    require(in.currentToken() == JsonToken.START_OBJECT, "an object");
    var form = RecordForm.of(type);
    List<RecordComponent> components = form.components();
    var values = new Object[components.size()];
    for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
      in.nextToken();
      int at = indexOf(field, components);
      if (at >= 0) {
        values[at] = Optionals.full(components.get(at).getGenericType(), this::read);
      } else if (skipsUnknown) {
        in.skipChildren();
      } else {
        throw new InvalidInputException(field, "is not known here");
      }
    }
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null) {
        values[i] = Optionals.empty(components.get(i));
      }
    }
    return form.create(values);
  }

  private static int indexOf(String field, List<RecordComponent> components) {
    for (int i = 0; i < components.size(); i++) {
      if (components.get(i).getName().equals(field)) {
        return i;
      }
    }
    return -1;
  }

  private Collection<Object> readAll(Class<?> raw, Type element) throws IOException {
    require(in.currentToken() == JsonToken.START_ARRAY, "an array");
    Collection<Object> all = new ArrayList<>();
    if (SortedSet.class.isAssignableFrom(raw)) {
      all = new TreeSet<>();
    } else if (Set.class.isAssignableFrom(raw)) {
      all = new LinkedHashSet<>();
    }
    while (in.nextToken() != JsonToken.END_ARRAY) {
      all.add(read(element));
    }
    return all;
  }

  /** The keys are partitions. */
  private SortedMap<Integer, Object> readMap(Type value) throws IOException {
    require(in.currentToken() == JsonToken.START_OBJECT, "an object");
    var map = new TreeMap<Integer, Object>();
    for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
      in.nextToken();
      map.put(Integer.valueOf(field), read(value));
    }
    return map;
  }

  private long number() throws IOException {
    require(in.currentToken() == JsonToken.VALUE_NUMBER_INT, "a whole number");
    return in.getLongValue();
  }

  private String text() throws IOException {
    require(in.currentToken() == JsonToken.VALUE_STRING, "a string");
    return in.getText();
  }

  private void require(boolean met, String what) throws IOException {
    if (!met) {
      throw new InvalidInputException(String.valueOf(in.currentName()), "must be " + what);
    }
  }
}
