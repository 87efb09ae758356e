package io.countess.cli.soak;

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
  private final Predicate<Seen> isSo;
  private final List<String> wrong;
  private final Queue<Reading> coming = new ArrayDeque<>();
  private final List<Reading> open = new ArrayList<>();

  /**
   * An answer.
   *
   * @param least the offset up to which everything must be in it
   */
  record Reading(Seen seen, long least) {}

  /**
   * @param isSo whether the model is now what an answer says
   * @param wrong takes what the model never was
   */
  Readings(List<Reading> all, Predicate<Seen> isSo, List<String> wrong) {
    this.isSo = isSo;
    this.wrong = wrong;
    all.stream().sorted(Comparator.comparing(Reading::least)).forEach(coming::add);
  }

  /**
   * Before the model takes in what stands at {@code offset}.
   *
   * @param sentNanos when that was sent first, where that is known
   */
  void before(long offset, OptionalLong sentNanos) {
    while (!coming.isEmpty() && coming.peek().least < offset) {
      open.add(coming.remove());
    }
    open.removeIf(each -> isSo.test(each.seen));
    if (sentNanos.isPresent()) {
      long sent = sentNanos.getAsLong();
      open.removeIf(each -> sent - each.seen.endNanos() > 0 && add(each));
    }
  }

  /** When the model has taken everything in. */
  void end() {
    open.addAll(coming);
    open.removeIf(each -> isSo.test(each.seen));
    open.forEach(this::add);
  }

  private boolean add(Reading reading) {
    return wrong.add("was never so from offset " + reading.least + " on: " + reading.seen);
  }
}
