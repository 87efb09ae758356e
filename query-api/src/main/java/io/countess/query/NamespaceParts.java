package io.countess.query;

import io.countess.answer.Cursor;
import io.countess.answer.NamespacePage;
import io.countess.answer.NamespaceView;
import io.countess.answer.Totals;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Partitions;
import io.countess.event.RecordKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Puts together what different partitions know of namespaces. */
final class NamespaceParts {
  private NamespaceParts() {}

  /** The partition that decides on the policy of a namespace. */
  static int home(ByteString namespace, int partitions) {
    return Partitions.of(RecordKey.of(CounterName.policyOf(namespace)), partitions);
  }

  /**
   * Views of one namespace by different partitions, put together. The policy is the one that its
   * home knows, if that is among them: others may still have to hear of the latest.
   */
  static NamespaceView merge(List<Part<NamespaceView>> parts, int partitions) {
    NamespaceView policy = parts.get(0).value();
    Totals totals = Totals.ZERO;
    int home = home(policy.namespace(), partitions);
    for (Part<NamespaceView> part : parts) {
      policy = part.partitions().contains(home) ? part.value() : policy;
      totals = totals.and(part.value().totals());
    }
    return new NamespaceView(policy.namespace(), policy.policy(), totals, policy.atMillis());
  }

  /**
   * One page of pages by different partitions. It ends where the first of them ends: of what comes
   * behind, that one may hold more.
   */
  static NamespacePage merge(
      List<Part<NamespacePage>> parts, Question.Namespaces question, int partitions) {
    int limit = question.limit();
    Optional<ByteString> end =
        parts.stream()
            .flatMap(part -> part.value().next().stream())
            .map(Cursor::name)
            .min(Comparator.naturalOrder());
    var byName = new TreeMap<ByteString, List<Part<NamespaceView>>>();
    for (Part<NamespacePage> part : parts) {
      for (NamespaceView view : part.value().namespaces()) {
        if (end.isEmpty() || view.namespace().compareTo(end.get()) <= 0) {
          byName
              .computeIfAbsent(view.namespace(), name -> new ArrayList<>())
              .add(new Part<>(part.partitions(), view));
        }
      }
    }
    List<NamespaceView> page =
        byName.values().stream().limit(limit).map(views -> merge(views, partitions)).toList();
    var last = byName.size() > limit ? Optional.of(page.get(limit - 1).namespace()) : end;
    return new NamespacePage(page, last.map(Cursor::after), question.only());
  }
}
