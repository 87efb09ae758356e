package io.countess.query;

import io.countess.answer.KeyPage;
import io.countess.count.State;
import io.countess.event.ByteString;
import io.countess.event.CountRange;
import io.countess.state.PartitionReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** Goes through the live keys of a namespace, in all partitions, at the present of each. */
final class KeyScan {
  /** The most rows that one page looks at in a partition, however few match. */
  private static final int MAX_ROWS = 100_000;

  private final List<PartitionReader> readers;
  private final Present present;

  KeyScan(List<PartitionReader> readers, Present present) {
    this.readers = readers;
    this.present = present;
  }

  /** A page of matching keys in order; short where many rows were looked at for it. */
  KeyPage page(Question.KeysOf question) {
    List<KeyPage.Entry> found = new ArrayList<>();
    ByteString stoppedAt = null;
    for (PartitionReader reader : readers) {
      var part = new PartOfPage(question, found, present.at(reader));
      var from = question.after().orElse(ByteString.EMPTY);
      reader.scan(question.namespace(), from, question.match().literalPrefix(), part::visit);
      if (part.stoppedAt != null) {
        boolean earlier = stoppedAt == null || part.stoppedAt.compareTo(stoppedAt) < 0;
        stoppedAt = earlier ? part.stoppedAt : stoppedAt;
      }
    }
    return KeyPages.cut(found, Optional.ofNullable(stoppedAt), question.limit());
  }

  /** The keys with the highest counts: memory for k of them, time for all. */
  KeyPage top(Question.TopOf question) {
    var best = new PriorityQueue<>(KeyPages.BY_RANK);
    for (PartitionReader reader : readers) {
      long nowMillis = present.at(reader);
      reader.scan(
          question.namespace(),
          ByteString.EMPTY,
          ByteString.EMPTY,
          (key, state) -> {
            if (isLive(state, nowMillis)) {
              listed(key, state, nowMillis, question.counts()).ifPresent(best::add);
              if (best.size() > question.k()) {
                best.poll();
              }
            }
            return true;
          });
    }
    return KeyPages.top(best.stream(), question.k());
  }

  private static boolean isLive(State state, long nowMillis) {
    return state.deadAtMillis() > Math.max(nowMillis, state.atMillis());
  }

  /** A live key with its count, if that is asked for. */
  private static Optional<KeyPage.Entry> listed(
      ByteString key, State state, long nowMillis, Optional<CountRange> counts) {
    var entry = entry(key, state, nowMillis);
    return counts.isEmpty() || KeyPages.isIn(counts.get(), entry)
        ? Optional.of(entry)
        : Optional.empty();
  }

  private static KeyPage.Entry entry(ByteString key, State state, long nowMillis) {
    long count = state.countAt(Math.max(nowMillis, state.atMillis()));
    return new KeyPage.Entry(key, count, state.real());
  }

  /** What one partition adds to a page. */
  private static final class PartOfPage {
    private final Question.KeysOf question;
    private final List<KeyPage.Entry> found;
    private final long nowMillis;
    private ByteString stoppedAt;
    private int rows;
    private int matches;

    PartOfPage(Question.KeysOf question, List<KeyPage.Entry> found, long nowMillis) {
      this.question = question;
      this.found = found;
      this.nowMillis = nowMillis;
    }

    boolean visit(ByteString key, State state) {
      boolean wanted = question.after().map(after -> key.compareTo(after) > 0).orElse(true);
      if (wanted && isLive(state, nowMillis) && question.match().matches(key)) {
        listed(key, state, nowMillis, question.counts()).ifPresent(this::add);
      }
      rows++;
      boolean stop = matches == question.limit() || rows == MAX_ROWS;
      stoppedAt = stop ? key : null;
      return !stop;
    }

    private void add(KeyPage.Entry entry) {
      found.add(entry);
      matches++;
    }
  }
}
