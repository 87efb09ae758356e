package io.countess.event.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.event.ByteString;
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
}
