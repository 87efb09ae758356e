package io.countess.query;

import io.countess.event.ByteString;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Namespaces in order.
 *
 * @param next the namespace after which the next page starts; empty at the end
 */
public record NamespacePage(List<NamespaceView> namespaces, Optional<ByteString> next) {
  /**
   * One page of pages by different partitions. It ends where the first of them ends: of what comes
   * behind, that one may hold more.
   */
  static NamespacePage merge(List<Part<NamespacePage>> parts, int limit, int partitions) {
    Optional<ByteString> end =
        parts.stream().flatMap(part -> part.value().next.stream()).min(Comparator.naturalOrder());
    var byName = new TreeMap<ByteString, List<Part<NamespaceView>>>();
    for (Part<NamespacePage> part : parts) {
      for (NamespaceView view : part.value().namespaces) {
        if (end.isEmpty() || view.namespace().compareTo(end.get()) <= 0) {
          byName
              .computeIfAbsent(view.namespace(), name -> new ArrayList<>())
              .add(new Part<>(part.partitions(), view));
        }
      }
    }
    List<NamespaceView> page =
        byName.values().stream()
            .limit(limit)
            .map(views -> NamespaceView.merge(views, partitions))
            .toList();
    boolean cut = byName.size() > limit;
    return new NamespacePage(page, cut ? Optional.of(page.get(limit - 1).namespace()) : end);
  }
}
