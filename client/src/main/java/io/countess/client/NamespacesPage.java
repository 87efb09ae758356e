package io.countess.client;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Namespaces in order.
 *
 * @param next where the next page starts; empty at the end
 */
public record NamespacesPage(List<Namespace> namespaces, Optional<String> next) {
  static NamespacesPage read(byte[] body) {
    var fields = new Fields();
    return AnswerJson.read(
        body,
        in -> {
          AnswerJson.fields(in, fields::take);
          return new NamespacesPage(fields.namespaces, Optional.ofNullable(fields.next));
        });
  }

  private static final class Fields {
    private List<Namespace> namespaces = List.of();
    private String next;

    void take(String field, JsonParser in) throws IOException {
      switch (field) {
        case "namespaces" ->
            namespaces = AnswerJson.list(in, element -> NamespaceJson.read(element).namespace());
        case "next" -> next = AnswerJson.text(in);
        default -> in.skipChildren();
      }
    }
  }
}
