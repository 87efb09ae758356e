package io.countess.answer;

import java.util.List;
import java.util.Optional;

/**
 * Namespaces in order.
 *
 * @param next where the next page starts; empty at the end
 */
public record NamespacePage(List<NamespaceView> namespaces, Optional<Cursor> next) {
  /** Copies the list. */
  public NamespacePage {
    namespaces = List.copyOf(namespaces);
  }
}
