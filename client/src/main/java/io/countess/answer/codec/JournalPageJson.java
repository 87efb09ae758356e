package io.countess.answer.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.countess.answer.JournalPage;
import io.countess.answer.JournalPage.Entry;
import io.countess.answer.JournalPage.Op;
import io.countess.answer.JournalPlace;
import io.countess.event.InvalidInputException;
import io.countess.event.codec.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Journals as JSON: {@code entries}, and {@code next}. Each entry has {@code position}, {@code at},
 * {@code op}, {@code before} and {@code after} where there was a number, {@code id} and {@code
 * note} where there is one.
 */
public final class JournalPageJson implements Fields<JournalPage> {
  /** What has more digits behind the point is written with an exponent. */
  private static final int MOST_PLAIN_DIGITS = 20;

  private List<Entry> entries = List.of();
  private Optional<JournalPlace> next = Optional.empty();

  /** Writes the fields of a page into an object that has been opened. */
  public static void write(JournalPage page, JsonGenerator out) throws IOException {
    Json.writeList(out, "entries", page.entries(), JournalPageJson::write);
    Json.writeIfPresent(out, "next", page.next().map(JournalPlace::toString));
  }

  /** Writes the fields of an entry into an object that has been opened. */
  public static void write(Entry entry, JsonGenerator out) throws IOException {
    out.writeStringField("position", entry.place().toString());
    out.writeNumberField("at", entry.atMillis());
    out.writeStringField("op", entry.op().text());
    write("before", entry.before(), out);
    write("after", entry.after(), out);
    Json.writeIfPresent(out, "id", entry.id());
    Json.writeIfPresent(out, "note", entry.note());
  }

  private static void write(String field, Optional<BigDecimal> number, JsonGenerator out)
      throws IOException {
    if (number.isPresent()) {
      out.writeFieldName(field);
      out.writeNumber(shown(number.get()));
    }
  }

  /** A number with all its digits: what is read from it is the same. */
  public static String shown(BigDecimal number) {
    boolean plain = number.scale() >= 0 && number.scale() <= MOST_PLAIN_DIGITS;
    return plain ? number.toPlainString() : number.toString();
  }

  @Override
  public void take(String field, JsonParser in) throws IOException {
    switch (field) {
      case "entries" ->
          entries = Json.list(field, in, it -> Fields.read("entry", it, new EntryFields()));
      case "next" -> next = Optional.of(JournalPlace.parse(field, Json.text(field, in)));
      default -> in.skipChildren();
    }
  }

  @Override
  public JournalPage value() {
    return new JournalPage(entries, next);
  }

  private static final class EntryFields implements Fields<Entry> {
    private JournalPlace place;
    private long atMillis;
    private Op op;
    private Optional<BigDecimal> before = Optional.empty();
    private Optional<BigDecimal> after = Optional.empty();
    private Optional<String> id = Optional.empty();
    private Optional<String> note = Optional.empty();

    @Override
    public void take(String field, JsonParser in) throws IOException {
      switch (field) {
        case "position" -> place = JournalPlace.parse(field, Json.text(field, in));
        case "at" -> atMillis = Json.wholeNumber(field, in);
        case "op" -> op = op(Json.text(field, in));
        case "before" -> before = Optional.of(number(field, in));
        case "after" -> after = Optional.of(number(field, in));
        case "id" -> id = Optional.of(Json.text(field, in));
        case "note" -> note = Optional.of(Json.text(field, in));
        default -> in.skipChildren();
      }
    }

    private static BigDecimal number(String field, JsonParser in) throws IOException {
      if (!in.currentToken().isNumeric() || in.isNaN()) {
        throw new InvalidInputException(field, "must be a finite number");
      }
      return in.getDecimalValue();
    }

    private static Op op(String text) {
      try {
        return Op.valueOf(text.toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException unknown) {
        throw new InvalidInputException("op", "is '" + text + "', which is not known here");
      }
    }

    @Override
    public Entry value() {
      if (place == null || op == null) {
        throw new InvalidInputException(place == null ? "position" : "op", "is missing");
      }
      return new Entry(place, atMillis, op, before, after, id, note);
    }
  }
}
