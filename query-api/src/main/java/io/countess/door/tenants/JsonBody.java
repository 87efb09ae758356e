package io.countess.door.tenants;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The fields of a JSON object, as loose as Go reads them: unknown ones are passed over, names match
 * in any case, and null is as if it were not there.
 */
final class JsonBody {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(100).maxNumberLength(100).build())
          .build();

  /** Stands for what no field here may be. */
  private static final Object OTHER = new Object();

  private final Map<String, Object> fields = new HashMap<>();

  private JsonBody() {}

  /** No field. */
  static JsonBody empty() {
    return new JsonBody();
  }

  /**
   * Reads an object that fills {@code bytes}.
   *
   * @throws ApiException where there is none
   */
  static JsonBody read(byte[] bytes) {
    var body = new JsonBody();
    try (JsonParser in = FACTORY.createParser(bytes)) {
      boolean isObject = in.nextToken() == JsonToken.START_OBJECT;
      if (!isObject) {
        throw ApiException.json();
      }
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String field = in.currentName().toLowerCase(Locale.ROOT);
        in.nextToken();
        body.fields.put(field, value(in));
      }
      if (in.nextToken() != null) {
        throw ApiException.json();
      }
      return body;
    } catch (IOException malformed) {
      throw ApiException.json();
    }
  }

  private static Object value(JsonParser in) throws IOException {
    return switch (in.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_STRING -> in.getText();
      case VALUE_NUMBER_INT -> in.getBigIntegerValue();
      case START_ARRAY -> list(in);
      default -> {
        in.skipChildren();
        yield OTHER;
      }
    };
  }

  private static List<Object> list(JsonParser in) throws IOException {
    var list = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      Object value = value(in);
      list.add(value == null ? "" : value);
    }
    return list;
  }

  /** A text; empty where it is not there. */
  Optional<String> text(String field) {
    Object value = fields.get(field);
    if (value != null && !(value instanceof String)) {
      throw ApiException.json();
    }
    return Optional.ofNullable((String) value);
  }

  /** A whole number of 64 bits; empty where it is not there. */
  OptionalLong whole(String field) {
    Object value = fields.get(field);
    if (value == null) {
      return OptionalLong.empty();
    }
    if (!(value instanceof BigInteger number) || number.bitLength() >= Long.SIZE) {
      throw ApiException.json();
    }
    return OptionalLong.of(number.longValue());
  }

  /** Texts; empty where they are not there. */
  List<String> texts(String field) {
    Object value = fields.get(field);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
      throw ApiException.json();
    }
    return list.stream().map(String.class::cast).toList();
  }
}
