package io.countess.query;

import io.countess.answer.Answer;
import io.countess.answer.Coverage;
import io.countess.event.Position;
import io.countess.runtime.Fold;
import io.countess.state.PartitionReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** Answers from copies of partitions that others fold, saying how far behind they are. */
record LocalCopies(Fold fold, Holders holders, Supplier<SortedMap<Integer, Long>> logEnds) {
  /** Answers a share, or {@link Answer.Elsewhere} where a copy is not there or not good enough. */
  <A> Answer<A> answer(Share<A> share) {
    SortedMap<Integer, Long> ends = logEnds.get();
    List<PartitionReader> copies = new ArrayList<>();
    var behind = new TreeMap<Integer, Long>();
    try {
      for (int partition : share.partitions()) {
        Optional<PartitionReader> copy = fold.copy(partition);
        if (copy.isEmpty()
            || !ends.containsKey(partition)
            || !isBegun(copy.get(), ends.get(partition))
            || !includes(copy.get(), share)) {
          return holders.answer(partition);
        }
        copies.add(copy.get());
        behind.put(partition, Math.max(0, ends.get(partition) - 1 - offset(copy.get())));
      }
      var handler = new QuestionHandler(copies, fold.partitions());
      Answer<A> answer = handler.answer(share.question());
      return areUnchanged(copies)
          ? marked(answer, new Coverage(new TreeSet<>(), behind))
          : holders.answer(copies.get(0).partition());
    } catch (InvalidStateStoreException closed) {
      return holders.answer(share.partitions().iterator().next());
    }
  }

  /** A copy of nothing may only have to arrive, or there is nothing to be copied. */
  private static boolean isBegun(PartitionReader copy, long logEnd) {
    return offset(copy) >= 0 || logEnd == 0;
  }

  private static boolean includes(PartitionReader copy, Share<?> share) {
    Position wanted = share.demand().position();
    return wanted.offset(copy.partition()).orElse(-1) <= offset(copy);
  }

  private static long offset(PartitionReader copy) {
    return copy.progress().offset();
  }

  private boolean areUnchanged(List<PartitionReader> copies) {
    return copies.stream()
        .allMatch(
            copy -> fold.copy(copy.partition()).filter(now -> now.agreesWith(copy)).isPresent());
  }

  private static <A> Answer<A> marked(Answer<A> answer, Coverage coverage) {
    return answer instanceof Answer.Found<A> found
        ? new Answer.Found<>(found.value(), found.position(), coverage)
        : answer;
  }
}
