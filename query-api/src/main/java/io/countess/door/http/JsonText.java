package io.countess.door.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes JSON objects, field by field. */
final class JsonText {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int USUAL_BYTES = 256;

  private JsonText() {}

  /** Writes fields into an object that has been opened. */
  interface Fields {
    void write(JsonGenerator out) throws IOException;
  }

  /** The object with these fields in UTF-8, and a line end: for whoever reads it on a terminal. */
  static byte[] object(Fields fields) {
    var bytes = new ByteArrayOutputStream(USUAL_BYTES);
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      out.writeStartObject();
      fields.write(out);
      out.writeEndObject();
      out.writeRaw('\n');
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
