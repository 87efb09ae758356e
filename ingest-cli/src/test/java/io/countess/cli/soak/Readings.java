package io.countess.cli.soak;

import io.countess.cli.soak.Client.Done;
import io.countess.cli.soak.Client.Seen;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.function.Predicate;

/**
 * What was answered to questions about the counters of one partition. The state that answered holds
 * at least what is up to the position that the answer names; it may hold what came after, but
 * nothing that was sent only after the answer was there. So one of the states in between must have
 * been it.
 */
final class Readings {
  private final int partition;
  private final Predicate<Seen> isSo;
  private final List<String> wrong;
  private final Queue<Seen> coming;
  private final List<Seen> open = new ArrayList<>();

  /**
   * @param isSo whether the model is now what an answer says
   * @param wrong takes what the model never was
   */
  Readings(int partition, List<Seen> all, Predicate<Seen> isSo, List<String> wrong) {
    this.partition = partition;
    this.isSo = isSo;
    this.wrong = wrong;
    this.coming = new ArrayDeque<>();
    all.stream().sorted(Comparator.comparing(this::offset)).forEach(coming::add);
    coming.stream()
        .filter(each -> offset(each) < each.demanded().offset(partition).orElse(-1))
        .forEach(each -> add("older than demanded", each));
  }

  /** Finds answers that leave out what somebody had been told of before they were asked for. */
  void findStale(List<Done> done) {
    for (Seen seen : coming) {
      done.stream()
          .filter(each -> each.endNanos() - seen.startNanos() < 0)
          .mapToLong(each -> each.position().offset(partition).orElse(-1))
          .filter(offset -> offset > offset(seen))
          .max()
          .ifPresent(offset -> add("older than an acknowledged " + partition + "@" + offset, seen));
    }
  }

  /**
   * Before the model takes in what stands at {@code offset}.
   *
   * @param sentNanos when that was sent first, where that is known
   */
  void before(long offset, OptionalLong sentNanos) {
    while (!coming.isEmpty() && offset(coming.peek()) < offset) {
      open.add(coming.remove());
    }
    open.removeIf(isSo);
    if (sentNanos.isPresent()) {
      long sent = sentNanos.getAsLong();
      open.removeIf(each -> sent - each.endNanos() > 0 && add("was never so", each));
    }
  }

  /** When the model has taken everything in. */
  void end() {
    open.addAll(coming);
    open.removeIf(isSo);
    open.forEach(each -> add("was never so", each));
  }

  private boolean add(String what, Seen seen) {
    return wrong.add(what + ": " + seen);
  }

  private long offset(Seen seen) {
    return seen.counted().position().offset(partition).orElse(-1);
  }
}
