package io.countess.answer.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.countess.answer.CounterPolicyPage;
import io.countess.answer.CounterPolicyPage.Entry;
import io.countess.answer.Cursor;
import io.countess.event.ByteString;
import io.countess.event.codec.Json;
import io.countess.event.codec.Names;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Lists of counters with policies of their own as JSON: {@code policies}, each with {@code key} and
 * the change that gave it, and {@code next}.
 */
public final class CounterPolicyPageJson implements Fields<CounterPolicyPage> {
  private List<Entry> policies = List.of();
  private Optional<Cursor> next = Optional.empty();

  /** Writes the fields of a page into an object that has been opened. */
  public static void write(CounterPolicyPage page, JsonGenerator out) throws IOException {
    Json.writeList(out, "policies", page.policies(), CounterPolicyPageJson::write);
    Json.writeIfPresent(out, "next", page.next().map(Cursor::text));
  }

  /** Writes the fields of one counter into an object that has been opened. */
  public static void write(Entry entry, JsonGenerator out) throws IOException {
    Names.write("key", entry.key(), out);
    PolicyHistoryJson.write(entry.change(), out);
  }

  @Override
  public void take(String field, JsonParser in) throws IOException {
    switch (field) {
      case "policies" ->
          policies = Json.list(field, in, it -> Fields.read("policy", it, new EntryFields()));
      case "next" -> next = Optional.of(new Cursor(Json.text(field, in)));
      default -> in.skipChildren();
    }
  }

  @Override
  public CounterPolicyPage value() {
    return new CounterPolicyPage(policies, next);
  }

  private static final class EntryFields implements Fields<Entry> {
    private final PolicyHistoryJson.ChangeFields change = new PolicyHistoryJson.ChangeFields();
    private ByteString key = ByteString.EMPTY;

    @Override
    public void take(String field, JsonParser in) throws IOException {
      switch (field) {
        case "key", "keyBase64" -> key = Names.read(field, in);
        default -> change.take(field, in);
      }
    }

    @Override
    public Entry value() {
      return new Entry(key, change.value());
    }
  }
}
