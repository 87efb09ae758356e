package io.countess.query;

import io.countess.answer.CountedWindow;
import io.countess.answer.KeyPage;
import io.countess.answer.Totals;
import io.countess.count.Sum;
import io.countess.event.ByteString;
import io.countess.event.CountRange;
import io.countess.event.WindowName;
import io.countess.event.WindowSpan;
import io.countess.state.PartitionReader;
import io.countess.state.PolicyInForce;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** Goes through the keys of a namespace that counted something in a window, in all partitions. */
final class WindowScan {
  /** The most counters that one page looks at in a partition, however few match. */
  private static final int MAX_ROWS = 100_000;

  private final List<PartitionReader> readers;
  private final Present present;
  private final ByteString namespace;
  private final WindowSpan span;
  private final CountedWindow window;

  /**
   * @param readers of which the first says how the namespace counts
   * @throws io.countess.event.InvalidInputException where the window is not kept, or there is none
   *     of that name
   */
  WindowScan(
      List<PartitionReader> readers, Present present, ByteString namespace, WindowName name) {
    this.readers = readers;
    this.present = present;
    this.namespace = namespace;
    PartitionReader first = readers.get(0);
    PolicyInForce policy = first.policy(namespace);
    var windows =
        WindowReading.Windows.of(policy.counting(), policy.keptFrom(""), present.at(first));
    this.span =
        first.haveOwnPolicies(namespace) ? windows.keeping().named(name) : windows.named(name);
    this.window = windows.shown(span);
  }

  /** A page of matching keys in order; short where many rows were looked at for it. */
  KeyPage page(Question.KeysOf question) {
    List<KeyPage.Entry> found = new ArrayList<>();
    ByteString stoppedAt = null;
    for (PartitionReader reader : readers) {
      var part = new PartOfPage(question, found);
      var range =
          new PartitionReader.KeyRange(
              question.after().orElse(ByteString.EMPTY), question.match().literalPrefix());
      reader.scanWindow(namespace, range, inWindow(reader), part);
      if (part.stoppedAt != null) {
        boolean earlier = stoppedAt == null || part.stoppedAt.compareTo(stoppedAt) < 0;
        stoppedAt = earlier ? part.stoppedAt : stoppedAt;
      }
    }
    return KeyPages.cut(found, Optional.ofNullable(stoppedAt), question.limit())
        .in(Optional.of(window));
  }

  /** The keys with the highest counts: memory for k of them, time for all. */
  KeyPage top(Question.TopOf question) {
    var best = new PriorityQueue<>(KeyPages.BY_RANK);
    forEach(
        (key, n) -> {
          var entry = new KeyPage.Entry(key, n);
          if (isIn(question.counts(), entry)) {
            best.add(entry);
          }
          if (best.size() > question.k()) {
            best.poll();
          }
          return true;
        });
    return KeyPages.top(best.stream(), question.k()).in(Optional.of(window));
  }

  /** The exact sum, and how many keys there are. */
  Totals totals() {
    long[] sum = new long[3];
    forEach(
        (key, n) -> {
          sum[0] += n;
          sum[1] += (n >> 63) + (Long.compareUnsigned(sum[0], n) < 0 ? 1 : 0);
          sum[2]++;
          return true;
        });
    var total = new Sum(sum[1], sum[0]);
    return new Totals(total.nearest(), sum[2], false, !total.isExact());
  }

  CountedWindow window() {
    return window;
  }

  private void forEach(PartitionReader.WindowVisitor visitor) {
    var all = new PartitionReader.KeyRange(ByteString.EMPTY, ByteString.EMPTY);
    for (PartitionReader reader : readers) {
      reader.scanWindow(namespace, all, inWindow(reader), visitor);
    }
  }

  private PartitionReader.InWindow inWindow(PartitionReader reader) {
    return new PartitionReader.InWindow(span, present.at(reader));
  }

  private static boolean isIn(Optional<CountRange> counts, KeyPage.Entry entry) {
    return counts.isEmpty() || KeyPages.isIn(counts.get(), entry);
  }

  /** What one partition adds to a page. */
  private static final class PartOfPage implements PartitionReader.WindowVisitor {
    private final Question.KeysOf question;
    private final List<KeyPage.Entry> found;
    private ByteString stoppedAt;
    private int rows;
    private int matches;

    PartOfPage(Question.KeysOf question, List<KeyPage.Entry> found) {
      this.question = question;
      this.found = found;
    }

    @Override
    public boolean visit(ByteString key, long n) {
      boolean wanted = question.after().map(after -> key.compareTo(after) > 0).orElse(true);
      var entry = new KeyPage.Entry(key, n);
      if (wanted && question.match().matches(key) && isIn(question.counts(), entry)) {
        found.add(entry);
        matches++;
      }
      return goesOn(key, matches < question.limit());
    }

    @Override
    public boolean passed(ByteString key, int looked) {
      rows += looked;
      return goesOn(key, rows < MAX_ROWS);
    }

    private boolean goesOn(ByteString key, boolean more) {
      stoppedAt = more ? null : key;
      return more;
    }
  }
}
