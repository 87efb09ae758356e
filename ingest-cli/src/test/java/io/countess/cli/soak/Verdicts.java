package io.countess.cli.soak;

import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Outcome;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What decisions say. */
final class Verdicts {
  /** What a claim comes to is the worst that comes of one of its counters. */
  static final Comparator<Outcome> BY_SEVERITY =
      Comparator.comparing(
          List.of(Outcome.ACCEPTED, Outcome.LATE, Outcome.REFUSED, Outcome.IMPOSSIBLE)::indexOf);

  private Verdicts() {}

  /** The count after it. */
  static double count(Decision told) {
    return told.details().gauge().isPresent()
        ? told.details().gauge().get().value()
        : told.count().orElse(-1);
  }

  /** What the release of a put, or of one part of a claim, has led to; empty where untold. */
  static Optional<Decision> of(Decision told, CounterName name) {
    if (told.count().isPresent() || told.details().gauge().isPresent()) {
      return Optional.of(told);
    }
    return told.details().parts().stream()
        .filter(part -> part.counter().equals(name))
        .map(Decision.Part::decision)
        .findAny();
  }

  /** How much came back. Of a gauge an amount with a fraction is not told: then {@code left}. */
  static double released(Decision told, double left) {
    boolean untold = told.details().gauge().isPresent() && told.details().released().isEmpty();
    return untold ? left : told.details().released().orElse(-1);
  }
}
