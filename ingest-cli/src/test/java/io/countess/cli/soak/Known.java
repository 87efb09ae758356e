package io.countess.cli.soak;

import io.countess.cli.soak.Client.Changed;
import io.countess.cli.soak.Client.Done;
import io.countess.cli.soak.Client.Findings;
import io.countess.cli.soak.Client.Seen;
import io.countess.event.Outcome;
import io.countess.event.Position;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What some client had been told of one partition before something else was sent.
 *
 * @param arrivals as {@link Changes#arrivals} gives them
 */
record Known(int partition, Map<Position, Long> arrivals, Findings findings) {
  /** Whether a policy that had been acknowledged before a command came only after it. */
  boolean isUnderAnOldPolicy(Done done) {
    return changedBefore(done.sentNanos()).anyMatch(from -> from > offset(done.position()));
  }

  /** The offset up to which everything has to be in an answer. */
  long least(Seen seen) {
    var known = LongStream.concat(doneBefore(seen), changedBefore(seen.startNanos()));
    return LongStream.concat(known, LongStream.of(named(seen))).max().orElseThrow();
  }

  /** Answers that name too early a position. */
  Stream<Seen> stale() {
    return findings.seen().stream().filter(seen -> named(seen) >= 0 && named(seen) < least(seen));
  }

  private LongStream doneBefore(Seen seen) {
    return findings.done().stream()
        .filter(each -> each.endNanos() - seen.startNanos() < 0)
        .mapToLong(each -> offset(each.position()));
  }

  private LongStream changedBefore(long nanos) {
    return findings.changed().stream()
        .filter(each -> each.decision().outcome() == Outcome.ACCEPTED)
        .filter(each -> each.endNanos() - nanos < 0)
        .map(Changed::position)
        .mapToLong(home -> home.offset(partition).orElse(arrivals.getOrDefault(home, -1L)));
  }

  private long named(Seen seen) {
    return offset(seen.found().position());
  }

  private long offset(Position position) {
    return position.offset(partition).orElse(-1);
  }
}
