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

/** Answers from standby replicas of partitions, saying how far behind they are. */
record StandbyQueries(Fold fold, Holders holders, Supplier<SortedMap<Integer, Long>> logEnds) {
  /**
   * Answers a share, or {@link Answer.Elsewhere} where a standby is not there or not good enough.
   */
  <A> Answer<A> answer(Share<A> share) {
    SortedMap<Integer, Long> ends = logEnds.get();
    List<PartitionReader> standbys = new ArrayList<>();
    var behind = new TreeMap<Integer, Long>();
    try {
      for (int partition : share.partitions()) {
        Optional<PartitionReader> standby = fold.standby(partition);
        if (standby.isEmpty()
            || !ends.containsKey(partition)
            || !isBegun(standby.get(), ends.get(partition))
            || !includes(standby.get(), share)) {
          return holders.answer(partition);
        }
        standbys.add(standby.get());
        behind.put(partition, Math.max(0, ends.get(partition) - 1 - offset(standby.get())));
      }
      var handler = new QuestionHandler(standbys, fold.partitions());
      Answer<A> answer = handler.answer(share.question());
      return areUnchanged(standbys)
          ? marked(answer, new Coverage(new TreeSet<>(), behind))
          : holders.answer(standbys.get(0).partition());
    } catch (InvalidStateStoreException closed) {
      return holders.answer(share.partitions().iterator().next());
    }
  }

  /** An empty standby may still have to be filled, unless its log is empty. */
  private static boolean isBegun(PartitionReader standby, long logEnd) {
    return offset(standby) >= 0 || logEnd == 0;
  }

  private static boolean includes(PartitionReader standby, Share<?> share) {
    Position wanted = share.demand().position();
    return wanted.offset(standby.partition()).orElse(-1) <= offset(standby);
  }

  private static long offset(PartitionReader standby) {
    return standby.progress().offset();
  }

  private boolean areUnchanged(List<PartitionReader> standbys) {
    return standbys.stream()
        .allMatch(
            standby ->
                fold.standby(standby.partition())
                    .filter(now -> now.agreesWith(standby))
                    .isPresent());
  }

  private static <A> Answer<A> marked(Answer<A> answer, Coverage coverage) {
    return answer instanceof Answer.Found<A> found
        ? new Answer.Found<>(found.value(), found.position(), coverage)
        : answer;
  }
}
