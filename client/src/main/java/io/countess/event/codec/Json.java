package io.countess.event.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.DupDetector;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.countess.event.Amount;
import io.countess.event.ByteString;
import io.countess.event.HeldNumber;
import io.countess.event.Instants;
import io.countess.event.InvalidInputException;
import io.countess.event.LogFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** Reads and writes one JSON object at a time, strictly. */
public final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // NaN and its kin are refused as the values that they are, under the field's name.
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          // The contract says UTF-8; guessing would also read UTF-16 and UTF-32.
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(16)
                  .maxStringLength(LogFormat.MAX_RECORD_BYTES)
                  .maxNumberLength(100)
                  .build())
          .build();

  private Json() {}

  /** Reads something from a parser. */
  public interface Reader<T> {
    /** Reads it; the parser stands at its first token, and then at its last. */
    T read(JsonParser in) throws IOException;
  }

  /** Takes one field of an object; the parser stands at its value. */
  public interface FieldReader {
    /** Takes it, and leaves the parser at the end of the value. */
    void read(String field, JsonParser in) throws IOException;
  }

  /** Writes something to a generator. */
  public interface Writer {
    /** Writes it. */
    void write(JsonGenerator out) throws IOException;
  }

  /** Reads one JSON object that fills {@code bytes}. */
  public static <T> T read(byte[] bytes, Reader<T> reader) {
    requireUtf8(bytes);
    try (JsonParser in = FACTORY.createParser(bytes)) {
      in.nextToken();
      T result = reader.read(in);
      if (in.nextToken() != null) {
        throw new InvalidInputException("body", "has something after the JSON object");
      }
      return result;
    } catch (JsonEOFException cutOff) {
      throw new InvalidInputException("body", "is not JSON: it ends too early");
    } catch (StreamConstraintsException tooMuch) {
      throw new InvalidInputException(
          "body", "has a number or a name that is too long, or is nested too deep");
    } catch (JsonProcessingException malformed) {
      throw new InvalidInputException(
          "body", "is not JSON near '" + Excerpt.around(malformed.getLocation(), bytes) + "'");
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Jackson lets some malformed UTF-8 through, such as overlong forms and halves of pairs. */
  private static void requireUtf8(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        if (ByteString.of(bytes).text().isEmpty()) {
          throw new InvalidInputException("body", "is not UTF-8");
        }
        return;
      }
    }
  }

  /** Reads the fields of the object that the parser stands at. */
  public static void readFields(String what, JsonParser in, FieldReader fields) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw new InvalidInputException(what, "must be a JSON object");
    }
    var seen = DupDetector.rootDetector(in);
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      if (seen.isDup(field)) {
        throw new InvalidInputException(field, "is given twice");
      }
      in.nextToken();
      fields.read(field, in);
    }
  }

  /**
   * Writes the fields of a value into an object that has been opened.
   *
   * @param <T> the value
   */
  public interface ValueWriter<T> {
    /** Writes them. */
    void write(T value, JsonGenerator out) throws IOException;
  }

  /** The object with the fields that {@code fields} writes, in UTF-8. */
  public static byte[] object(Writer fields) {
    return write(
        out -> {
          out.writeStartObject();
          fields.write(out);
          out.writeEndObject();
        });
  }

  /** Writes an array of objects. */
  public static <T> void writeList(
      JsonGenerator out, String field, List<T> list, ValueWriter<T> writer) throws IOException {
    out.writeArrayFieldStart(field);
    for (T each : list) {
      out.writeStartObject();
      writer.write(each, out);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  /** Writes an array of texts. */
  public static void writeTexts(JsonGenerator out, String field, List<String> texts)
      throws IOException {
    out.writeArrayFieldStart(field);
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
  }

  /** Writes an array of partitions. */
  public static void writePartitions(JsonGenerator out, String field, Set<Integer> partitions)
      throws IOException {
    out.writeArrayFieldStart(field);
    for (int partition : partitions) {
      out.writeNumber(partition);
    }
    out.writeEndArray();
  }

  /** What {@code writer} writes, in UTF-8. */
  public static byte[] write(Writer writer) {
    var bytes = new ByteArrayOutputStream(128);
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      writer.write(out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** A whole number of 64 bits. */
  public static long wholeNumber(String field, JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw new InvalidInputException(field, "must be a whole number");
    }
    try {
      return in.getLongValue();
    } catch (InputCoercionException tooLarge) {
      throw new InvalidInputException(
          field, "is " + in.getText() + "; it must fit into 64 bits with a sign");
    }
  }

  /** A whole number where it is written as one and fits into 64 bits, else a real one. */
  public static Amount amount(String field, JsonParser in) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      try {
        return Amount.of(in.getLongValue());
      } catch (InputCoercionException tooLarge) {
        return Amount.of(in.getDoubleValue());
      }
    }
    if (in.currentToken() != JsonToken.VALUE_NUMBER_FLOAT) {
      throw new InvalidInputException(field, "must be a number");
    }
    return Amount.of(in.getDoubleValue());
  }

  /**
   * A number to its last digit. One that is written with a fraction or an exponent has a digit
   * behind the point.
   */
  public static BigDecimal decimal(String field, JsonParser in) throws IOException {
    boolean isReal = in.currentToken() == JsonToken.VALUE_NUMBER_FLOAT;
    if (!isReal && in.currentToken() != JsonToken.VALUE_NUMBER_INT || isReal && in.isNaN()) {
      throw new InvalidInputException(field, "must be a finite number");
    }
    BigDecimal number = in.getDecimalValue();
    return isReal && number.scale() <= 0 && HeldNumber.fits(number) ? number.setScale(1) : number;
  }

  /** What {@link #amount} read, where only a whole number will do. */
  public static long whole(String field, Amount amount) {
    if (amount.isWhole()) {
      return amount.whole();
    }
    throw new InvalidInputException(
        field, "is " + amount + "; it must be a whole number that fits into 64 bits");
  }

  /** Milliseconds since the epoch, given as such or in ISO-8601. */
  public static OptionalLong instant(String field, JsonParser in) throws IOException {
    return OptionalLong.of(
        in.currentToken() == JsonToken.VALUE_STRING
            ? Instants.parseMillis(field, in.getText())
            : Instants.requireMillis(field, wholeNumber(field, in)));
  }

  /** A whole number of 64 bits; empty for null. */
  public static OptionalLong optionalNumber(String field, JsonParser in) throws IOException {
    return in.currentToken() == JsonToken.VALUE_NULL
        ? OptionalLong.empty()
        : OptionalLong.of(wholeNumber(field, in));
  }

  /** The elements of the array that the parser stands at. */
  public static <T> List<T> list(String field, JsonParser in, Reader<T> element)
      throws IOException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw new InvalidInputException(field, "must be an array");
    }
    var list = new ArrayList<T>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      list.add(element.read(in));
    }
    return list;
  }

  /** A partition, as the name of a field. */
  public static int partition(String in, String name) {
    if (!name.matches("\\d{1,9}")) {
      throw new InvalidInputException(in, "names '" + name + "', which is no partition");
    }
    return Integer.parseInt(name);
  }

  /** A partition. */
  public static int partition(JsonParser in) throws IOException {
    return partition("partition", Long.toString(wholeNumber("partition", in)));
  }

  /** A string. */
  public static String text(String field, JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      throw new InvalidInputException(field, "must be a string");
    }
    return in.getText();
  }

  /** True or false. */
  static boolean isTrue(String field, JsonParser in) throws IOException {
    if (!in.currentToken().isBoolean()) {
      throw new InvalidInputException(field, "must be true or false");
    }
    return in.getBooleanValue();
  }

  static InvalidInputException unknownField(String field, String known) {
    return new InvalidInputException(field, "is not a field here; there are " + known);
  }

  /** Writes true, or nothing. */
  public static void writeIfTrue(JsonGenerator out, String field, boolean holds)
      throws IOException {
    if (holds) {
      out.writeBooleanField(field, true);
    }
  }

  /** A real number always with a fraction point or an exponent, as {@link #amount} reads it. */
  public static void writeAmount(JsonGenerator out, String field, Amount amount)
      throws IOException {
    if (amount.isWhole()) {
      out.writeNumberField(field, amount.whole());
    } else {
      out.writeNumberField(field, amount.real());
    }
  }

  /** Writes a number, or nothing. */
  public static void writeIfPresent(JsonGenerator out, String field, OptionalLong value)
      throws IOException {
    if (value.isPresent()) {
      out.writeNumberField(field, value.getAsLong());
    }
  }

  /** Always with a fraction point, which tells readers that it is no whole number. */
  public static void writeIfPresent(JsonGenerator out, String field, OptionalDouble value)
      throws IOException {
    if (value.isPresent()) {
      out.writeNumberField(field, value.getAsDouble());
    }
  }

  /** Writes a string, or nothing. */
  public static void writeIfPresent(JsonGenerator out, String field, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      out.writeStringField(field, value.get());
    }
  }
}
