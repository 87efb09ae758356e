package io.countess.answer;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whether questions can be answered.
 *
 * @param ready whether there is somebody to ask about every partition, and those that are here
 *     answer
 * @param state the lifecycle's state in a word, for example {@code running} or {@code catching up}
 * @param lag per partition that is here or restores here, how far the fold is behind the log
 * @param openTransactions that hold partitions up
 * @param clockBehindMillis by how much the clock of this machine is behind that of the partition
 *     here that is furthest ahead
 * @param zoneData which edition of the time zone data the server folds with, such as {@code 2026a}
 */
public record Readiness(
    boolean ready,
    String state,
    SortedMap<Integer, Lag> lag,
    List<OpenTransaction> openTransactions,
    long clockBehindMillis,
    Optional<String> zoneData) {
  /** The state of a fold that died and does not come back: only a restart helps. */
  public static final String FAILED = "died";

  /** Copies both. */
  public Readiness {
    lag = Collections.unmodifiableSortedMap(new TreeMap<>(lag));
    openTransactions = List.copyOf(openTransactions);
  }

  /** Where no transaction holds anything up, and the clock is right. */
  public Readiness(boolean ready, String state, SortedMap<Integer, Lag> lag) {
    this(ready, state, lag, List.of(), 0, Optional.empty());
  }

  /** The same, but not ready, in another state. */
  public Readiness notYet(String why) {
    return new Readiness(false, why, lag, openTransactions, clockBehindMillis, zoneData);
  }

  /** The same, and these hold partitions up. */
  public Readiness heldUpBy(List<OpenTransaction> transactions) {
    return new Readiness(ready, state, lag, transactions, clockBehindMillis, zoneData);
  }

  /** The same, and the clock is so far behind. */
  public Readiness withClockBehind(long millis) {
    return new Readiness(ready, state, lag, openTransactions, millis, zoneData);
  }

  /** The same, folded with this edition of the time zone data. */
  public Readiness withZoneData(String edition) {
    return new Readiness(
        ready, state, lag, openTransactions, clockBehindMillis, Optional.of(edition));
  }

  /** Whether only a restart helps. */
  public boolean failed() {
    return state.equals(FAILED);
  }
}
