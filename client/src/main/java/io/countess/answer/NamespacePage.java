package io.countess.answer;

import io.countess.event.NamespacePatterns;
import java.util.List;
import java.util.Optional;

/**
 * Namespaces in order.
 *
 * @param next where the next page starts; empty at the end
 * @param only the namespaces that whoever asks may see: others are left out. Empty where all are
 *     shown
 */
public record NamespacePage(
    List<NamespaceView> namespaces, Optional<Cursor> next, Optional<NamespacePatterns> only) {
  /** Copies the list. */
  public NamespacePage {
    namespaces = List.copyOf(namespaces);
  }

  /** A page of all namespaces. */
  public NamespacePage(List<NamespaceView> namespaces, Optional<Cursor> next) {
    this(namespaces, next, Optional.empty());
  }
}
