package io.countess.cli.soak;

import io.countess.cli.soak.Client.Done;
import io.countess.cli.soak.NaiveCounter.When;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the acknowledged commands come to, one after the other as they stand in the log, and whether
 * each was decided so. Knows nothing of the service but what its decisions say of time and place.
 */
final class Model {
  private final Map<CounterName, NaiveCounter> counters = new HashMap<>();
  private final Map<CounterName, Map<String, List<CounterName>>> accepted = new HashMap<>();
  private final List<String> wrong = new ArrayList<>();
  private final Map<String, Integer> outcomes = new TreeMap<>();

  Set<CounterName> counters() {
    return counters.keySet();
  }

  double countAt(CounterName counter, long instant) {
    return counter(counter).countAt(instant);
  }

  /** Decisions that are not what they have to be. */
  List<String> wrong() {
    return wrong;
  }

  /** How often what was led to. */
  Map<String, Integer> outcomes() {
    return outcomes;
  }

  /**
   * Carries out the next command of its partition.
   *
   * @param ownMillis the time of its record
   */
  void fold(Done done, long ownMillis) {
    Event event = done.command().event();
    String kind = event.getClass().getSimpleName() + " " + done.decision().outcome();
    outcomes.merge(kind, 1, Integer::sum);
    String found;
    if (event instanceof Event.Claim claim) {
      found = claim(done, claim, ownMillis);
    } else if (event instanceof Event.Release release) {
      found = release(done, release);
    } else {
      found = one(done, event, ownMillis);
    }
    if (!found.isEmpty()) {
      wrong.add(found + ": " + done);
    }
  }

  private String one(Done done, Event event, long ownMillis) {
    CounterName name = done.command().counter();
    NaiveCounter counter = counter(name);
    var when = new When(ownMillis, done.decision().atMillis());
    Outcome outcome = counter.outcome(event, when);
    if (outcome == Outcome.ACCEPTED) {
      counter.take(event, done.command().id(), when);
      accept(done, List.of(name));
    }
    return different(outcome, counter.countAt(when.instant()), done.decision());
  }

  private String claim(Done done, Event.Claim claim, long ownMillis) {
    List<Decision.Part> decided = done.decision().details().parts();
    if (decided.size() != claim.parts().size()) {
      return "not one decision for each counter";
    }
    String found = "";
    boolean all = true;
    for (int i = 0; i < decided.size(); i++) {
      var when = new When(ownMillis, decided.get(i).decision().atMillis());
      Outcome outcome = outcome(claim.parts().get(i), when);
      all &= outcome == Outcome.ACCEPTED;
      Outcome told = decided.get(i).decision().outcome();
      found += told == outcome ? "" : "part " + i + " must be " + outcome;
    }
    if (all != (done.decision().outcome() == Outcome.ACCEPTED)) {
      return found + " all or none";
    }
    return found + (all ? take(done, claim, ownMillis) : "");
  }

  private Outcome outcome(Event.Claim.Part part, When when) {
    return counter(part.counter()).outcome(new Event.Put(part.n(), part.ttl()), when);
  }

  private String take(Done done, Event.Claim claim, long ownMillis) {
    String found = "";
    for (int i = 0; i < claim.parts().size(); i++) {
      Event.Claim.Part part = claim.parts().get(i);
      Decision decision = done.decision().details().parts().get(i).decision();
      var when = new When(ownMillis, decision.atMillis());
      NaiveCounter counter = counter(part.counter());
      counter.take(new Event.Put(part.n(), part.ttl()), done.command().id(), when);
      found += different(Outcome.ACCEPTED, counter.countAt(when.instant()), decision);
    }
    accept(done, claim.parts().stream().map(Event.Claim.Part::counter).toList());
    return found;
  }

  private String release(Done done, Event.Release release) {
    CounterName name = done.command().counter();
    var parts = accepted.getOrDefault(name, Map.of()).get(release.of());
    Decision told = done.decision();
    if (parts == null) {
      return told.outcome() == Outcome.IMPOSSIBLE ? "" : "must be IMPOSSIBLE";
    }
    if (told.outcome() == Outcome.REFUSED) {
      return parts.stream().anyMatch(part -> isHeld(part, release, told.atMillis()))
          ? ""
          : "must not be REFUSED";
    }
    if (told.outcome() != Outcome.ACCEPTED) {
      return "must be a release";
    }
    String found = "";
    for (CounterName part : parts) {
      found += giveBack(part, release, told);
    }
    return found;
  }

  /** Whether its bounds hold what would have to come back. */
  private boolean isHeld(CounterName part, Event.Release release, long instant) {
    NaiveCounter counter = counter(part);
    double left = counter.left(release.of(), release.n(), instant);
    return left != 0 && !counter.canLose(left, instant);
  }

  /** From one counter; of a claim all are told, in what nothing is left with 0. */
  private String giveBack(CounterName name, Event.Release release, Decision all) {
    Optional<Decision> told =
        all.count().isPresent() || all.details().gauge().isPresent()
            ? Optional.of(all)
            : all.details().parts().stream()
                .filter(part -> part.counter().equals(name))
                .map(Decision.Part::decision)
                .findAny();
    return told.isPresent() ? giveBack(counter(name), release, told.get()) : "must tell of " + name;
  }

  private static String giveBack(NaiveCounter counter, Event.Release release, Decision told) {
    long instant = told.atMillis();
    double left = counter.left(release.of(), release.n(), instant);
    double back = released(told, left);
    if (back != left && (counter.isExact(instant) || back < 0 || back > left)) {
      return "must give back " + left;
    }
    if (back != 0) {
      if (!counter.canLose(back, instant)) {
        return "must be REFUSED";
      }
      counter.lose(release.of(), back, instant);
    }
    return different(Outcome.ACCEPTED, counter.countAt(instant), told);
  }

  /** Of a gauge an amount with a fraction is not told. */
  private static double released(Decision told, double left) {
    boolean untold = told.details().gauge().isPresent() && told.details().released().isEmpty();
    return untold ? left : told.details().released().orElse(-1);
  }

  private static String different(Outcome outcome, double count, Decision told) {
    double toldCount =
        told.details().gauge().isPresent()
            ? told.details().gauge().get().value()
            : told.count().orElse(-1);
    return told.outcome() == outcome && toldCount == count
        ? ""
        : "must be %s with a count of %s".formatted(outcome, count);
  }

  private void accept(Done done, List<CounterName> parts) {
    accepted
        .computeIfAbsent(done.command().counter(), name -> new HashMap<>())
        .put(done.command().id(), parts);
  }

  private NaiveCounter counter(CounterName name) {
    return counters.computeIfAbsent(name, missing -> NaiveCounter.of(Space.of(missing).policy()));
  }
}
