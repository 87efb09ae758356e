package io.countess.answer.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.countess.answer.WindowList;
import io.countess.event.codec.Json;
import java.io.IOException;
import java.util.List;

/**
 * The windows of a counter as JSON: {@code windows}, each with its fields and its {@code count}.
 */
public final class WindowListJson implements Fields<WindowList> {
  private List<WindowList.Entry> windows = List.of();

  /** Writes the fields of a list into an object that has been opened. */
  public static void write(WindowList list, JsonGenerator out) throws IOException {
    Json.writeList(out, "windows", list.windows(), WindowListJson::write);
  }

  /** Writes the fields of a window and its count into an object that has been opened. */
  public static void write(WindowList.Entry entry, JsonGenerator out) throws IOException {
    CountedWindowJson.write(entry.window(), out);
    out.writeNumberField("count", entry.count());
  }

  @Override
  public void take(String field, JsonParser in) throws IOException {
    if (field.equals("windows")) {
      windows = Json.list(field, in, it -> Fields.read("window", it, new EntryFields()));
    } else {
      in.skipChildren();
    }
  }

  @Override
  public WindowList value() {
    return new WindowList(windows);
  }

  private static final class EntryFields implements Fields<WindowList.Entry> {
    private final CountedWindowJson window = new CountedWindowJson();
    private long count;

    @Override
    public void take(String field, JsonParser in) throws IOException {
      if (field.equals("count")) {
        count = Json.wholeNumber(field, in);
      } else {
        window.take(field, in);
      }
    }

    @Override
    public WindowList.Entry value() {
      return new WindowList.Entry(window.value(), count);
    }
  }
}
