package io.countess.answer.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.countess.answer.CountedWindow;
import io.countess.answer.Cursor;
import io.countess.answer.KeyPage;
import io.countess.event.Amount;
import io.countess.event.ByteString;
import io.countess.event.codec.Json;
import io.countess.event.codec.Names;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Keys as JSON: {@code keys}, each with {@code key} and {@code count}, {@code next}, {@code
 * window}.
 */
public final class KeyPageJson implements Fields<KeyPage> {
  private List<KeyPage.Entry> keys = List.of();
  private Optional<Cursor> next = Optional.empty();
  private Optional<CountedWindow> window = Optional.empty();

  /** Writes the fields of a page into an object that has been opened. */
  public static void write(KeyPage page, JsonGenerator out) throws IOException {
    Json.writeList(out, "keys", page.keys(), KeyPageJson::write);
    Json.writeIfPresent(out, "next", page.next().map(Cursor::text));
    CountedWindowJson.writeIfPresent(page.window(), out);
  }

  /** Writes the fields of a key into an object that has been opened. */
  public static void write(KeyPage.Entry entry, JsonGenerator out) throws IOException {
    Names.write("key", entry.key(), out);
    if (entry.gauge().isPresent()) {
      out.writeNumberField("count", entry.gauge().getAsDouble());
    } else {
      out.writeNumberField("count", entry.count());
    }
  }

  @Override
  public void take(String field, JsonParser in) throws IOException {
    switch (field) {
      case "keys" -> keys = Json.list(field, in, it -> Fields.read("key", it, new EntryFields()));
      case "window" -> window = CountedWindowJson.read(in);
      case "next" -> next = Optional.of(new Cursor(Json.text(field, in)));
      default -> in.skipChildren();
    }
  }

  @Override
  public KeyPage value() {
    return new KeyPage(keys, next, window);
  }

  private static final class EntryFields implements Fields<KeyPage.Entry> {
    private ByteString key = ByteString.EMPTY;
    private Amount count = Amount.of(0);

    @Override
    public void take(String field, JsonParser in) throws IOException {
      switch (field) {
        case "key", "keyBase64" -> key = Names.read(field, in);
        case "count" -> count = Json.amount(field, in);
        default -> in.skipChildren();
      }
    }

    @Override
    public KeyPage.Entry value() {
      return count.isWhole()
          ? new KeyPage.Entry(key, count.whole())
          : new KeyPage.Entry(key, count.real());
    }
  }
}
