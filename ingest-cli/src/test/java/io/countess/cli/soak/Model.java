package io.countess.cli.soak;

import io.countess.answer.Count;
import io.countess.cli.soak.Action.Change;
import io.countess.cli.soak.Action.ChangeOne;
import io.countess.cli.soak.Action.Command;
import io.countess.cli.soak.Changes.Accepted;
import io.countess.cli.soak.Client.Appended;
import io.countess.cli.soak.Client.Changed;
import io.countess.cli.soak.Client.Done;
import io.countess.cli.soak.Client.Findings;
import io.countess.cli.soak.Client.Loaded;
import io.countess.cli.soak.Client.Seen;
import io.countess.cli.soak.Log.Entry;
import io.countess.cli.soak.PartitionModel.Verdict;
import io.countess.cli.soak.Readings.Reading;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the log comes to, one event after the other, and whether all that clients were told is so:
 * each decision, each count that was read, each change of a policy. Knows nothing of the service
 * but what stands in its log, and what POLICIES.md makes of that.
 */
final class Model {
  private static final Comparator<CounterName> BY_KEY =
      Comparator.comparing(CounterName::namespace).thenComparing(CounterName::key);

  private final Map<Position, Done> told;
  private final Map<String, Done> byId;
  private final Map<Position, Appended> appended;
  private final Map<Position, Changed> changedOnes;
  private final Findings findings;
  private final boolean mayBeBehind;
  private final Changes changes;
  private final Map<CounterName, Counter> counters = new HashMap<>();
  private final Map<CounterName, Deque<Accepted>> own = new TreeMap<>(BY_KEY);
  private final List<String> wrong = new ArrayList<>();
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private final Map<String, Integer> changesOfOnes = new HashMap<>();
  private Position end = Position.NONE;
  private int forwarded;
  private final Map<String, Set<Outcome>> untold = new HashMap<>();

  /**
   * @param log partition by partition
   * @param mayBeBehind whether copies may answer questions that demand nothing
   */
  Model(List<Entry> log, Findings findings, boolean mayBeBehind) {
    this.findings = findings;
    this.mayBeBehind = mayBeBehind;
    told = findings.done().stream().collect(Collectors.toMap(Done::position, Function.identity()));
    byId =
        findings.done().stream()
            .collect(Collectors.toMap(done -> done.command().id(), Function.identity()));
    appended =
        findings.appended().stream()
            .filter(each -> each.position().isPresent())
            .collect(Collectors.toMap(each -> each.position().get(), Function.identity()));
    changes = new Changes(log);
    changedOnes =
        findings.changed().stream()
            .filter(each -> each.change() instanceof ChangeOne)
            .collect(Collectors.toMap(Changed::position, Function.identity()));
    findings.changed().stream()
        .filter(each -> each.change() instanceof Change)
        .forEach(each -> check(each, changes.outcome(each.position())));
    findings.seen().forEach(this::check);
    log.stream()
        .collect(Collectors.groupingBy(Entry::partition, TreeMap::new, Collectors.toList()))
        .forEach((partition, entries) -> new Fold(partition, entries).all());
    int inTheLog = outcomes.values().stream().mapToInt(Integer::intValue).sum();
    outcomes.putAll(changesOfOnes);
    outcomes.put("read", findings.seen().size());
    outcomes.put("changed", findings.changed().size());
    outcomes.put("appended", findings.appended().size());
    outcomes.put("forwarded", forwarded);
    if (inTheLog != told.size()) {
      wrong.add("%d decisions of %d are in the log".formatted(inTheLog, told.size()));
    }
    log.forEach(entry -> appended.remove(entry.position()));
    changedOnes.values().forEach(each -> wrong.add("is not in the log: " + each));
    appended.values().forEach(each -> wrong.add("is not in the log: " + each));
    findings.loaded().forEach(this::check);
  }

  /** Everything that the model has taken in. */
  Position end() {
    return end;
  }

  Map<CounterName, Counter> counters() {
    return counters;
  }

  /** The changes of counters that had something of their own, the newest first, in key order. */
  Map<CounterName, Deque<Accepted>> own() {
    return own;
  }

  Changes changes() {
    return changes;
  }

  /** What is not what it has to be. */
  List<String> wrong() {
    return wrong;
  }

  /** How often what was led to. */
  Map<String, Integer> outcomes() {
    return outcomes;
  }

  private void check(Changed changed, Outcome outcome) {
    if (changed.decision().outcome() != outcome) {
      wrong.add("must be " + outcome + ": " + changed);
    }
  }

  /** A line that was sent again may have come to something else before. */
  private void check(Loaded loaded) {
    outcomes.merge("loaded " + loaded.outcome(), 1, Integer::sum);
    Set<Outcome> found = untold.getOrDefault(loaded.command().id(), Set.of());
    boolean isSo =
        switch (loaded.outcome()) {
          case ACCEPTED, WOULD_REFUSE, REPLAYED -> found.contains(Outcome.ACCEPTED);
          case REFUSED -> found.contains(Outcome.REFUSED);
          case LATE -> found.contains(Outcome.LATE);
          case IMPOSSIBLE -> found.contains(Outcome.IMPOSSIBLE);
          case UNKNOWN -> true;
          case OVER_IDS, CONFLICT, REJECTED -> false;
        };
    if (!isSo) {
      wrong.add("must be one of " + found + ": " + loaded);
    }
  }

  private void check(Seen seen) {
    Position found = seen.found().position();
    if (found.offsets().size() != 1) {
      wrong.add("must name a position in one partition: " + seen);
    } else if (!found.and(seen.demanded()).equals(found)) {
      wrong.add("is older than demanded: " + seen);
    }
  }

  /** One partition, from its beginning to its end. */
  private final class Fold {
    private final PartitionModel model = new PartitionModel();
    private final Time time = new Time();
    private final int partition;
    private final List<Entry> entries;
    private final Map<Position, Long> arrivals;
    private final Known known;
    private final Readings readings;

    Fold(int partition, List<Entry> entries) {
      this.partition = partition;
      this.entries = entries;
      arrivals = changes.arrivals(partition);
      end = end.and(entries.get(entries.size() - 1).position());
      known = new Known(partition, arrivals, findings);
      readings = new Readings(readings(), this::isSo, wrong);
      if (!mayBeBehind) {
        known.stale().forEach(seen -> wrong.add("is older than what was known: " + seen));
      }
    }

    private List<Reading> readings() {
      return findings.seen().stream()
          .filter(seen -> seen.found().position().offset(partition).isPresent())
          .map(seen -> new Reading(seen, mayBeBehind ? named(seen) : known.least(seen)))
          .toList();
    }

    private long named(Seen seen) {
      return seen.found().position().offset(partition).orElseThrow();
    }

    void all() {
      long missing = changes.missing(partition);
      if (missing > 0) {
        wrong.add(missing + " records have not come to partition " + partition);
        return;
      }
      entries.forEach(this::one);
      readings.end();
      counters.putAll(model.counters());
      own.putAll(model.own());
    }

    private boolean isSo(Seen seen) {
      Count count = seen.found().value();
      return model.counter(count.counter()).is(count);
    }

    private void one(Entry entry) {
      boolean comes = arrivals.getOrDefault(entry.origin(), -1L) == entry.offset();
      boolean isHere = comes || entry.from().isEmpty() && entry.home() == partition;
      if (entry.event() instanceof Event.Tick) {
        time.pass(entry);
      } else if (entry.isPolicy()) {
        readings.before(entry.offset(), OptionalLong.empty());
        if (isHere) {
          time.pass(entry);
        }
        if (comes) {
          change(entry);
        }
      } else if (isHere && entry.isPolicyOfOne()) {
        readings.before(entry.offset(), OptionalLong.empty());
        changeOne(entry.at(time.pass(entry)));
      } else if (isHere) {
        forwarded += comes ? 1 : 0;
        count(entry.at(time.pass(entry)));
      }
    }

    private void change(Entry entry) {
      if (entry.event() instanceof Event.ChangePolicy change) {
        model.change(entry.counter().namespace(), change);
      } else {
        model.change((Event.ChangeDefaults) entry.event());
      }
    }

    private void changeOne(Entry entry) {
      Outcome outcome = model.changeOne(entry, (Event.ChangePolicy) entry.event());
      changesOfOnes.merge("ChangeOne " + outcome, 1, Integer::sum);
      Changed told = changedOnes.remove(entry.position());
      if (told != null) {
        check(told, outcome);
      }
    }

    private void count(Entry entry) {
      Done done = byId.get(entry.id());
      if (done == null) {
        // Nobody was told what became of it.
        readings.before(entry.offset(), sentNanos(entry));
        if (!model.isRepeat(entry)) {
          Outcome outcome = model.carryOut(entry, Optional.empty()).outcome();
          untold.computeIfAbsent(entry.id(), id -> EnumSet.noneOf(Outcome.class)).add(outcome);
        }
        return;
      }
      readings.before(entry.offset(), OptionalLong.of(done.sentNanos()));
      Optional<Done> here = Optional.ofNullable(told.get(entry.position()));
      String found = model.isRepeat(entry) ? repeated(here) : carryOut(entry, done, here);
      if (!found.isEmpty()) {
        wrong.add("%s: %s, told was %s".formatted(found, entry, done));
      }
      here.ifPresent(it -> count(it.command(), it.decision()));
    }

    private OptionalLong sentNanos(Entry entry) {
      Appended each = appended.get(entry.origin());
      return each == null ? OptionalLong.empty() : OptionalLong.of(each.sentNanos());
    }

    private static String repeated(Optional<Done> here) {
      return here.isPresent() ? "was counted before" : "";
    }

    private String carryOut(Entry entry, Done done, Optional<Done> here) {
      Verdict verdict = model.carryOut(entry, here.map(Done::decision));
      long toldOffset = done.position().offset(entry.partition()).orElseThrow();
      if (verdict.outcome() == Outcome.ACCEPTED && entry.offset() < toldOffset) {
        return "must have been told";
      }
      if (verdict.outcome() == Outcome.LATE && entry.isStamped()) {
        return "must not be late, since a server stamped it";
      }
      boolean late = here.isPresent() && known.isUnderAnOldPolicy(done);
      String found = late ? " must be under a policy that had been acknowledged" : "";
      return verdict.found() + found;
    }

    private void count(Command command, Decision decision) {
      String kind = command.event().getClass().getSimpleName();
      String where = decision.details().window().isPresent() ? " in a kept window" : "";
      outcomes.merge(kind + " " + decision.outcome() + where, 1, Integer::sum);
    }
  }
}
