package io.countess.event.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.countess.event.ByteString;
import io.countess.event.InvalidInputException;
import java.io.IOException;
import java.util.Base64;

/** Namespaces and keys in JSON: as text where they are UTF-8, else in Base64. */
public final class Names {
  private Names() {}

  /** Writes {@code name} as {@code field}, or as {@code fieldBase64} where it is not UTF-8. */
  public static void write(String field, ByteString name, JsonGenerator out) throws IOException {
    var text = name.text();
    if (text.isPresent()) {
      out.writeStringField(field, text.get());
    } else {
      out.writeStringField(field + "Base64", Base64.getEncoder().encodeToString(name.toBytes()));
    }
  }

  /** Reads the name that stands in {@code field}, whose own name tells in which form. */
  public static ByteString read(String field, JsonParser in) throws IOException {
    return of(field, Json.text(field, in));
  }

  /** The name that {@code text} in {@code field} stands for. */
  public static ByteString of(String field, String text) {
    if (!field.endsWith("Base64")) {
      return ByteString.utf8(field, text);
    }
    try {
      return ByteString.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException malformed) {
      throw new InvalidInputException(field, "is not Base64");
    }
  }
}
