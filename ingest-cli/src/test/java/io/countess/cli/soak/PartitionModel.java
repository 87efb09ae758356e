package io.countess.cli.soak;

import io.countess.cli.soak.Changes.Accepted;
import io.countess.cli.soak.Log.Entry;
import io.countess.cli.soak.NaiveCounter.When;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Event.Claim;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What the events of one partition come to, one after the other. */
final class PartitionModel {
  private static final Deque<Accepted> NOTHING = new ArrayDeque<>();

  private final Map<CounterName, Counter> counters = new HashMap<>();
  private final Map<ByteString, Policy> policies = new HashMap<>();
  private final Map<CounterName, Deque<Accepted>> own = new HashMap<>();
  private Policy defaults = Policy.DEFAULT;
  private final Map<CounterName, Map<String, List<CounterName>>> accepted = new HashMap<>();

  /**
   * What an event has led to.
   *
   * @param found what of a decision on it is not so; empty where all is well
   */
  record Verdict(Outcome outcome, String found) {}

  Map<CounterName, Counter> counters() {
    return counters;
  }

  Counter counter(CounterName name) {
    return counters.computeIfAbsent(name, missing -> new Counter(policy(missing)));
  }

  /** The changes of the counters that had something of their own, the newest first. */
  Map<CounterName, Deque<Accepted>> own() {
    return own;
  }

  private Policy policy(CounterName name) {
    Accepted newest = own.getOrDefault(name, NOTHING).peek();
    return newest == null
        ? policy(name.namespace())
        : policy(name.namespace(), newest.policy(), newest.plan());
  }

  /** A plan that the namespace's policy does not name is like none. */
  private Policy policy(ByteString namespace, Optional<Policy> policy, Optional<String> plan) {
    Policy shared = policy(namespace);
    return policy.orElseGet(
        () -> plan.map(name -> shared.terms().plans().get(name)).orElse(shared));
  }

  /** Changes how one counter counts, and tells what came of that. */
  Outcome changeOne(Entry entry, Event.ChangePolicy change) {
    CounterName name = entry.counter();
    Map<String, Policy> plans = policy(name.namespace()).terms().plans();
    if (change.plan().isPresent() && !plans.containsKey(change.plan().get())) {
      return Outcome.IMPOSSIBLE;
    }
    Counter counter = counter(name);
    Policy next = policy(name.namespace(), change.policy(), change.plan());
    boolean goesOn = Space.adopts(counter.policy(), next);
    boolean counts = counter.arithmetic().isLiveAt(counter.when(entry).instant());
    Accepted newest = own.getOrDefault(name, NOTHING).peek();
    boolean none = newest == null || newest.isDrop();
    long version = none ? Event.ChangePolicy.NO_VERSION : newest.version();
    Outcome outcome =
        Changes.outcome(goesOn || !counts, change.onChange(), change.ifVersion(), version);
    if (outcome == Outcome.ACCEPTED) {
      if (!none || !change.isDrop()) {
        remember(entry, change);
      }
      if (goesOn && change.onChange() == OnChange.KEEP) {
        counter.keep(next);
      } else {
        counter.reset(next);
      }
    }
    return outcome;
  }

  private void remember(Entry entry, Event.ChangePolicy change) {
    own.computeIfAbsent(entry.counter(), first -> new ArrayDeque<>())
        .push(new Accepted(entry.offset(), change.policy(), change.plan(), change.onChange()));
  }

  /** Gives a counter the policy that a put brings, and tells whether it can have it. */
  private boolean bring(Entry entry, Policy policy) {
    Accepted newest = own.getOrDefault(entry.counter(), NOTHING).peek();
    if (newest != null && newest.policy().equals(Optional.of(policy))) {
      return true;
    }
    var change = new Event.ChangePolicy(Optional.of(policy), OnChange.KEEP);
    return changeOne(entry, change) == Outcome.ACCEPTED;
  }

  private Policy policy(ByteString namespace) {
    return policies.getOrDefault(namespace, defaults);
  }

  void change(ByteString namespace, Event.ChangePolicy change) {
    Policy before = policy(namespace);
    Policy policy = change.policy().orElse(defaults);
    if (change.policy().isPresent()) {
      policies.put(namespace, policy);
    } else {
      policies.remove(namespace);
    }
    change(namespace::equals, before, policy, change.onChange());
  }

  /** Of all namespaces that have none of their own. */
  void change(Event.ChangeDefaults change) {
    Policy before = defaults;
    defaults = change.policy();
    change(name -> !policies.containsKey(name), before, defaults, change.onChange());
  }

  private void change(
      Predicate<ByteString> namespaces, Policy before, Policy after, OnChange onChange) {
    boolean keeps = onChange == OnChange.KEEP && Space.adopts(before, after);
    counters.forEach(
        (name, counter) -> {
          Policy now = policy(name);
          if (namespaces.test(name.namespace()) && !keeps) {
            counter.reset(now);
          } else if (namespaces.test(name.namespace()) && !now.equals(counter.policy())) {
            counter.keep(now);
          }
        });
  }

  /** Whether a counter of an event remembers its id. */
  boolean isRepeat(Entry entry) {
    return counters(entry).stream()
        .anyMatch(name -> accepted.getOrDefault(name, Map.of()).containsKey(id(entry)));
  }

  private static List<CounterName> counters(Entry entry) {
    return entry.event() instanceof Claim claim
        ? claim.parts().stream().map(Claim.Part::counter).toList()
        : List.of(entry.counter());
  }

  /**
   * Carries out an event that is no repeat.
   *
   * @param told the decision on it, where somebody was told of it
   */
  Verdict carryOut(Entry entry, Optional<Decision> told) {
    if (entry.event() instanceof Claim claim) {
      return claim(entry, claim, told);
    }
    return entry.event() instanceof Event.Release release
        ? release(entry, release, told)
        : one(entry, told);
  }

  private Verdict one(Entry entry, Optional<Decision> told) {
    if (entry.event() instanceof Event.Put put
        && !put.policy().map(it -> bring(entry, it)).orElse(true)) {
      boolean isTold = told.map(it -> it.outcome() == Outcome.IMPOSSIBLE).orElse(true);
      return new Verdict(Outcome.IMPOSSIBLE, isTold ? "" : "must be impossible");
    }
    Counter counter = counter(entry.counter());
    When when = counter.when(entry);
    Outcome outcome = counter.arithmetic().outcome(entry.event(), when);
    if (outcome == Outcome.ACCEPTED) {
      counter.take(entry.event(), id(entry), when);
      accept(entry, List.of(entry.counter()));
    } else if (outcome == Outcome.REFUSED) {
      counter.refuse(when);
    }
    double count = counter.arithmetic().toldAt(entry.event(), when);
    return new Verdict(outcome, told.map(it -> different(it, outcome, count, when)).orElse(""));
  }

  private Verdict claim(Entry entry, Claim claim, Optional<Decision> told) {
    List<When> whens = new ArrayList<>();
    List<Outcome> outcomes = new ArrayList<>();
    for (Claim.Part part : claim.parts()) {
      Counter counter = counter(part.counter());
      whens.add(counter.when(entry));
      outcomes.add(counter.arithmetic().outcome(put(part), whens.get(whens.size() - 1)));
    }
    Outcome worst = outcomes.stream().max(Verdicts.BY_SEVERITY).orElseThrow();
    if (worst == Outcome.ACCEPTED) {
      for (int i = 0; i < whens.size(); i++) {
        Claim.Part part = claim.parts().get(i);
        counter(part.counter()).take(put(part), id(entry), whens.get(i));
      }
      accept(entry, counters(entry));
    }
    String found = told.isPresent() && told.get().outcome() != worst ? "must be " + worst : "";
    for (int i = 0; told.isPresent() && i < whens.size(); i++) {
      Decision.Part part = told.get().details().parts().get(i);
      Counter counter = counter(part.counter());
      found +=
          different(
              part.decision(),
              outcomes.get(i),
              counter.arithmetic().countAt(whens.get(i).instant()),
              whens.get(i));
    }
    return new Verdict(worst, found);
  }

  private static Event.Put put(Claim.Part part) {
    return new Event.Put(part.n(), part.ttl());
  }

  private Verdict release(Entry entry, Event.Release release, Optional<Decision> told) {
    List<CounterName> parts = accepted.getOrDefault(entry.counter(), Map.of()).get(release.of());
    Outcome outcome = parts == null ? Outcome.IMPOSSIBLE : releasable(entry, release, parts);
    String found = "";
    if (told.isPresent() && told.get().outcome() != outcome) {
      found = "must be " + outcome;
    } else if (outcome == Outcome.ACCEPTED) {
      for (CounterName part : parts) {
        found += giveBack(entry, release, part, told);
      }
      accept(entry, List.of());
    }
    return new Verdict(outcome, found);
  }

  /** What the first counter says that does not give back, if there is one. */
  private Outcome releasable(Entry entry, Event.Release release, List<CounterName> parts) {
    return parts.stream()
        .map(
            part -> {
              NaiveCounter counter = counter(part).arithmetic();
              long instant = counter(part).when(entry).instant();
              double left = counter.left(release.of(), release.n(), instant);
              return counter.losing(release.of(), left, release.n(), instant);
            })
        .filter(outcome -> outcome != Outcome.ACCEPTED)
        .findFirst()
        .orElse(Outcome.ACCEPTED);
  }

  /** From one counter; of a claim all are told, those with 0 of which nothing was left before. */
  private String giveBack(
      Entry entry, Event.Release release, CounterName name, Optional<Decision> told) {
    Counter counter = counter(name);
    When when = counter.when(entry);
    double left = counter.arithmetic().left(release.of(), release.n(), when.instant());
    Optional<Decision> own = told.flatMap(all -> Verdicts.of(all, name));
    if (told.isPresent() && own.isEmpty()) {
      return "must tell of " + name;
    }
    double back = own.map(it -> Verdicts.released(it, left)).orElse(left);
    if (back != left && (counter.arithmetic().isExact(when.instant()) || back < 0 || back > left)) {
      return "must give back " + left;
    }
    counter.lose(release.of(), back, when);
    double count =
        left == 0
            ? counter.arithmetic().countAt(when.instant())
            : counter.arithmetic().toldAt(release, when);
    return own.map(it -> different(it, Outcome.ACCEPTED, count, when)).orElse("");
  }

  private static String different(Decision told, Outcome outcome, double count, When when) {
    return told.outcome() == outcome
            && told.atMillis() == when.instant()
            && Verdicts.count(told) == count
        ? ""
        : "must be %s with a count of %s at %d".formatted(outcome, count, when.instant());
  }

  /** Takes note of an event, and of what can be given back of it. */
  private void accept(Entry entry, List<CounterName> parts) {
    for (CounterName name : counters(entry)) {
      accepted.computeIfAbsent(name, missing -> new HashMap<>()).put(id(entry), parts);
    }
  }

  private static String id(Entry entry) {
    return entry.id();
  }
}
