package io.countess.cli.listings;

import io.countess.answer.CountedWindow;
import io.countess.answer.KeyPage;
import io.countess.answer.codec.CountedWindowJson;
import io.countess.answer.codec.KeyPageJson;
import io.countess.event.codec.Json;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;

/**
 * The counts of a window as a file: CSV as RFC 4180 has it, with a header, or a JSON object a line.
 * A key that is no text stands in Base64, in a column or field of its own.
 */
enum WindowFile {
  CSV {
    @Override
    void begin(PrintStream out) {
      out.print("key,keyBase64,count,window,start,end\r\n");
    }

    @Override
    void line(KeyPage.Entry entry, CountedWindow window, PrintStream out) {
      var text = entry.key().text();
      var base64 = Base64.getEncoder();
      out.print(text.map(WindowFile::quoted).orElse(""));
      out.print(",");
      out.print(text.isPresent() ? "" : base64.encodeToString(entry.key().toBytes()));
      out.print("," + entry.count() + "," + window.name());
      out.print("," + Instant.ofEpochMilli(window.span().startMillis()));
      out.print("," + Instant.ofEpochMilli(window.span().endMillis()) + "\r\n");
    }
  },

  NDJSON {
    @Override
    void begin(PrintStream out) {
      // each line says all
    }

    @Override
    void line(KeyPage.Entry entry, CountedWindow window, PrintStream out) {
      byte[] json =
          Json.object(
              to -> {
                KeyPageJson.write(entry, to);
                to.writeObjectFieldStart("window");
                CountedWindowJson.write(window, to);
                to.writeEndObject();
              });
      out.print(new String(json, StandardCharsets.UTF_8) + "\n");
    }
  };

  /** Writes what comes first. */
  abstract void begin(PrintStream out);

  /** Writes a key. */
  abstract void line(KeyPage.Entry entry, CountedWindow window, PrintStream out);

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain && text.strip().equals(text) ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
