package io.countess.answer.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.countess.answer.Cursor;
import io.countess.answer.NamespacePage;
import io.countess.answer.NamespaceView;
import io.countess.event.NamespacePatterns;
import io.countess.event.codec.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Lists of namespaces as JSON: {@code namespaces}, {@code next} and {@code only}. */
public final class NamespacePageJson implements Fields<NamespacePage> {
  private List<NamespaceView> namespaces = List.of();
  private Optional<Cursor> next = Optional.empty();
  private Optional<NamespacePatterns> only = Optional.empty();

  /** Writes the fields of a page into an object that has been opened. */
  public static void write(NamespacePage page, JsonGenerator out) throws IOException {
    Json.writeList(out, "namespaces", page.namespaces(), NamespaceJson::write);
    Json.writeIfPresent(out, "next", page.next().map(Cursor::text));
    if (page.only().isPresent()) {
      Json.writeTexts(out, "only", page.only().get().patterns());
    }
  }

  @Override
  public void take(String field, JsonParser in) throws IOException {
    switch (field) {
      case "namespaces" ->
          namespaces =
              Json.list(field, in, it -> Fields.read("namespace", it, new NamespaceJson()));
      case "next" -> next = Optional.of(new Cursor(Json.text(field, in)));
      case "only" ->
          only =
              Optional.of(NamespacePatterns.of(Json.list(field, in, it -> Json.text(field, it))));
      default -> in.skipChildren();
    }
  }

  @Override
  public NamespacePage value() {
    return new NamespacePage(namespaces, next, only);
  }
}
