package io.countess.cli.soak;

import io.countess.cli.soak.Log.Entry;
import io.countess.client.PolicyInForce;
import io.countess.event.ByteString;
import io.countess.event.Event.ChangePolicy;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import io.countess.event.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Which changes of policies hold: those that the records in the partitions say to which their
 * senders sent them. They come to the other partitions in the same order.
 */
final class Changes {
  private final Map<Position, Outcome> outcomes = new HashMap<>();
  private final Map<Integer, List<Position>> accepted = new HashMap<>();
  private final Map<ByteString, Deque<PolicyInForce>> histories = new HashMap<>();

  /**
   * @param log partition by partition
   */
  Changes(List<Entry> log) {
    for (Entry entry : log) {
      if (entry.event() instanceof ChangePolicy change && entry.from().isEmpty()) {
        var history = history(entry.counter().namespace());
        Outcome outcome = outcome(change, history.peek());
        outcomes.put(entry.position(), outcome);
        if (outcome == Outcome.ACCEPTED) {
          var version = OptionalLong.of(entry.offset());
          history.push(new PolicyInForce(change.policy().orElseThrow(), version));
          accepted(entry.partition()).add(entry.position());
        }
      }
    }
  }

  /**
   * @param before null for the first one
   */
  private static Outcome outcome(ChangePolicy change, PolicyInForce before) {
    long version = before == null ? ChangePolicy.NO_VERSION : before.expected();
    String kind = change.policy().orElseThrow().kind();
    boolean canKeep =
        before == null
            || before.policy().kind().equals(kind)
            || before.policy().kind().equals("total") && kind.equals("gauge");
    if (!canKeep && change.onChange() == OnChange.KEEP) {
      return Outcome.IMPOSSIBLE;
    }
    return change.ifVersion().orElse(version) == version ? Outcome.ACCEPTED : Outcome.OUTDATED;
  }

  /** What a namespace has counted by, the newest first. */
  Deque<PolicyInForce> history(ByteString namespace) {
    return histories.computeIfAbsent(namespace, none -> new ArrayDeque<>());
  }

  /** What came of the change that stands there. */
  Outcome outcome(Position position) {
    return outcomes.get(position);
  }

  private List<Position> accepted(int home) {
    return accepted.computeIfAbsent(home, none -> new ArrayList<>());
  }

  /**
   * The offsets from which on the changes hold in one partition, by where they stand at home: none
   * comes twice, or before an earlier one.
   *
   * @param entries of the partition
   */
  Map<Position, Long> arrivals(List<Entry> entries) {
    Map<Position, Long> arrivals = new HashMap<>();
    Map<Integer, Integer> arrived = new HashMap<>();
    for (Entry entry : entries) {
      int home = entry.origin().offsets().firstKey();
      int next = arrived.getOrDefault(home, 0);
      List<Position> all = accepted(home);
      if (next < all.size() && all.get(next).equals(entry.origin())) {
        arrivals.put(entry.origin(), entry.offset());
        arrived.put(home, next + 1);
      }
    }
    return arrivals;
  }

  /** How many hold. */
  int size() {
    return accepted.values().stream().mapToInt(List::size).sum();
  }
}
