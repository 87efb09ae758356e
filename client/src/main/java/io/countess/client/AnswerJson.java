package io.countess.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.countess.event.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What a server answers, read with tolerance: fields that are not known here are passed over, since
 * a newer server may send more. Streamed rather than bound, so that a short command starts fast.
 */
final class AnswerJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private AnswerJson() {}

  /** Reads something from a parser that stands at its first token. */
  interface Reader<T> {
    T read(JsonParser in) throws IOException;
  }

  /** Takes one field of an object; the parser stands at its value, and at its end afterwards. */
  interface FieldReader {
    void read(String field, JsonParser in) throws IOException;
  }

  /** Writes something to a generator. */
  interface Writer {
    void write(JsonGenerator out) throws IOException;
  }

  /** Reads a body. */
  static <T> T read(byte[] body, Reader<T> reader) {
    try (JsonParser in = FACTORY.createParser(body)) {
      in.nextToken();
      return reader.read(in);
    } catch (JsonProcessingException malformed) {
      throw notUnderstood(malformed.getOriginalMessage());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Reads the fields of the object that the parser stands at. */
  static void fields(JsonParser in, FieldReader reader) throws IOException {
    require(in.currentToken() == JsonToken.START_OBJECT, "an object is missing");
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      reader.read(field, in);
    }
  }

  /** Reads the elements of the array that the parser stands at. */
  static <T> List<T> list(JsonParser in, Reader<T> element) throws IOException {
    require(in.currentToken() == JsonToken.START_ARRAY, "an array is missing");
    var list = new ArrayList<T>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      list.add(element.read(in));
    }
    return list;
  }

  static long number(JsonParser in) throws IOException {
    require(in.currentToken() == JsonToken.VALUE_NUMBER_INT, in.currentName() + " is no number");
    return in.getLongValue();
  }

  /** A Double where it is written with a fraction point, as for a gauge, else a Long. */
  static Number wholeOrReal(JsonParser in) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
      return in.getDoubleValue();
    }
    return number(in);
  }

  static String text(JsonParser in) throws IOException {
    require(in.currentToken() == JsonToken.VALUE_STRING, in.currentName() + " is no text");
    return in.getText();
  }

  /** A name, in Base64 where the field says so. */
  static ByteString name(JsonParser in) throws IOException {
    try {
      return in.currentName().endsWith("Base64")
          ? ByteString.of(Base64.getDecoder().decode(text(in)))
          : ByteString.utf8(text(in));
    } catch (IllegalArgumentException malformed) {
      throw notUnderstood(malformed.getMessage());
    }
  }

  static byte[] write(Writer writer) {
    var bytes = new ByteArrayOutputStream(128);
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      writer.write(out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** Fails where an answer is not what a server of this kind sends. */
  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw notUnderstood(otherwise);
    }
  }

  static UncheckedIOException notUnderstood(String why) {
    String message = "the answer was not understood: " + why;
    return new UncheckedIOException(message, new IOException(message));
  }
}
