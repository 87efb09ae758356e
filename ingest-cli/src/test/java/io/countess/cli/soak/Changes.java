package io.countess.cli.soak;

import io.countess.cli.soak.Log.Entry;
import io.countess.event.ByteString;
import io.countess.event.Event;
import io.countess.event.Event.ChangeDefaults;
import io.countess.event.Event.ChangePolicy;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Position;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which changes of policies hold, and what of the log has to go to which partition: changes to all
 * others, and what stands elsewhere than where it belongs. A change is decided by what holds in its
 * home partition.
 */
final class Changes {
  private final Map<Position, Outcome> outcomes = new HashMap<>();
  private final Map<ByteString, Deque<Accepted>> histories = new HashMap<>();
  private final Deque<Accepted> defaults = new ArrayDeque<>();
  private final Chains chains = new Chains();
  private final List<Entry> log;
  private final List<Integer> partitions;

  /**
   * A change that holds.
   *
   * @param policy empty for going back to the default policy, or to that of the namespace
   * @param plan of a counter
   */
  record Accepted(long version, Optional<Policy> policy, Optional<String> plan, OnChange onChange) {
    Accepted(long version, Optional<Policy> policy, OnChange onChange) {
      this(version, policy, Optional.empty(), onChange);
    }

    boolean isDrop() {
      return policy.isEmpty() && plan.isEmpty();
    }
  }

  /**
   * @param log partition by partition
   */
  Changes(List<Entry> log) {
    this.log = log;
    int home = homeOfDefaults(log);
    // What the default policy is elsewhere follows from what was accepted there.
    Comparator<Integer> homeFirst = Comparator.comparing(partition -> partition != home);
    partitions = log.stream().map(Entry::partition).distinct().sorted(homeFirst).toList();
    partitions.forEach(partition -> new InPartition(partition).all());
  }

  private static int homeOfDefaults(List<Entry> log) {
    return log.stream()
        .filter(entry -> entry.event() instanceof ChangeDefaults)
        .findAny()
        .map(Entry::home)
        .orElse(0);
  }

  /** What a namespace has counted by, the newest first. */
  Deque<Accepted> history(ByteString namespace) {
    return histories.computeIfAbsent(namespace, none -> new ArrayDeque<>());
  }

  /** What the default policy has been, the newest first. */
  Deque<Accepted> defaults() {
    return defaults;
  }

  /** What came of the change that stands there. */
  Outcome outcome(Position position) {
    return outcomes.get(position);
  }

  /**
   * The offsets at which in one partition stands what was forwarded to it, and counts there, by
   * where it stood; and changes that were accepted there.
   */
  Map<Position, Long> arrivals(int partition) {
    Map<Position, Long> found = new HashMap<>();
    var arrivals = chains.into(partition);
    for (Entry entry : log) {
      if (entry.partition() == partition
          && (arrivals.isNext(entry) || outcome(entry.position()) == Outcome.ACCEPTED)) {
        found.put(entry.origin(), entry.offset());
      }
    }
    return found;
  }

  /** Whether everything has come to where it has to. */
  boolean haveAllCome() {
    return partitions.stream().allMatch(to -> missing(to) == 0);
  }

  /** How much has not come to a partition that has to. */
  long missing(int partition) {
    long came =
        arrivals(partition).keySet().stream()
            .filter(origin -> origin.offset(partition).isEmpty())
            .count();
    return chains.sizeInto(partition) - came;
  }

  /** One partition, from its beginning to its end. */
  private final class InPartition {
    private final int partition;
    private final Chains.Arrivals arrivals;
    private Policy inForce = Policy.DEFAULT;

    InPartition(int partition) {
      this.partition = partition;
      arrivals = chains.into(partition);
    }

    void all() {
      log.stream()
          .filter(each -> each.partition() == partition)
          .filter(each -> !(each.event() instanceof Event.Tick))
          .forEach(this::one);
    }

    private void one(Entry entry) {
      boolean isNext = arrivals.isNext(entry);
      if (isNext && entry.event() instanceof ChangeDefaults change) {
        inForce = change.policy();
      }
      if (entry.from().isPresent()) {
        return;
      }
      if (entry.home() != partition) {
        chains.add(entry, entry.home());
      } else if (entry.isPolicy()) {
        decide(entry);
      }
    }

    private void decide(Entry entry) {
      Outcome outcome =
          entry.event() instanceof ChangeDefaults change
              ? decide(entry, change)
              : decide(entry, (ChangePolicy) entry.event());
      outcomes.put(entry.position(), outcome);
      if (outcome == Outcome.ACCEPTED) {
        partitions.stream()
            .filter(other -> other != partition)
            .forEach(other -> chains.add(entry, other));
      }
    }

    private Outcome decide(Entry entry, ChangeDefaults change) {
      long version = defaults.isEmpty() ? ChangePolicy.NO_VERSION : defaults.peek().version;
      boolean canKeep = Space.adopts(inForce, change.policy());
      Outcome outcome = outcome(canKeep, change.onChange(), change.ifVersion(), version);
      if (outcome == Outcome.ACCEPTED) {
        inForce = change.policy();
        var policy = Optional.of(change.policy());
        defaults.push(new Accepted(entry.offset(), policy, change.onChange()));
      }
      return outcome;
    }

    private Outcome decide(Entry entry, ChangePolicy change) {
      var history = history(entry.counter().namespace());
      var own = Optional.ofNullable(history.peek()).filter(last -> last.policy.isPresent());
      long version = own.map(Accepted::version).orElse(ChangePolicy.NO_VERSION);
      Policy next = change.policy().orElse(inForce);
      boolean canKeep = own.isEmpty() || Space.adopts(own.get().policy.get(), next);
      Outcome outcome = outcome(canKeep, change.onChange(), change.ifVersion(), version);
      if (outcome == Outcome.ACCEPTED) {
        history.push(new Accepted(entry.offset(), change.policy(), change.onChange()));
      }
      return outcome;
    }
  }

  /** What comes of a change, where that of one version is in force. */
  static Outcome outcome(boolean canKeep, OnChange onChange, OptionalLong wanted, long version) {
    if (!canKeep && onChange == OnChange.KEEP) {
      return Outcome.IMPOSSIBLE;
    }
    return wanted.orElse(version) == version ? Outcome.ACCEPTED : Outcome.OUTDATED;
  }
}
