package io.countess.query;

import io.countess.answer.CounterPolicyPage;
import io.countess.answer.CounterPolicyPage.Entry;
import io.countess.answer.Cursor;
import io.countess.event.ByteString;
import io.countess.state.PartitionReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Lists counters with policies of their own, in all partitions, in order. */
final class PolicyPages {
  private PolicyPages() {}

  /** One page of what some partitions hold. */
  static CounterPolicyPage of(
      List<PartitionReader> readers, PolicyQuestion.CounterPoliciesOf question) {
    List<Entry> found = new ArrayList<>();
    ByteString after = question.after().orElse(ByteString.EMPTY);
    for (PartitionReader reader : readers) {
      int[] left = {question.limit() + 1};
      reader.policies(
          question.namespace(),
          after,
          (key, change) -> {
            if (key.compareTo(after) > 0) {
              found.add(new Entry(key, change));
              left[0]--;
            }
            return left[0] > 0;
          });
    }
    return cut(found, question.limit());
  }

  /** One page of pages that hold different keys of one namespace. */
  static CounterPolicyPage merge(List<CounterPolicyPage> pages, int limit) {
    List<Entry> all = new ArrayList<>();
    pages.forEach(page -> all.addAll(page.policies()));
    CounterPolicyPage page = cut(all, limit);
    boolean goesOn = pages.stream().anyMatch(part -> part.next().isPresent());
    return goesOn && page.next().isEmpty()
        ? new CounterPolicyPage(page.policies(), last(page.policies()))
        : page;
  }

  /** What is behind the end of a page is left for the next. */
  private static CounterPolicyPage cut(List<Entry> found, int limit) {
    List<Entry> page =
        found.stream().sorted(Comparator.comparing(Entry::key)).limit(limit).toList();
    return new CounterPolicyPage(page, found.size() > limit ? last(page) : Optional.empty());
  }

  private static Optional<Cursor> last(List<Entry> page) {
    return Optional.of(Cursor.after(page.get(page.size() - 1).key()));
  }
}
