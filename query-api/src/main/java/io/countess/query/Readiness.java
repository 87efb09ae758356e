package io.countess.query;

import java.util.SortedMap;

/**
 * Whether questions can be answered.
 *
 * @param ready whether there is somebody to ask about every partition, and those that are here
 *     answer
 * @param state the lifecycle's state in a word, for example {@code running} or {@code catching up}
 * @param lag per partition held, how many records the fold is behind the end of the log
 */
public record Readiness(boolean ready, String state, SortedMap<Integer, Long> lag) {
  /** The state of a fold that died and does not come back: only a restart helps. */
  public static final String FAILED = "died";

  /** Whether only a restart helps. */
  public boolean failed() {
    return state.equals(FAILED);
  }
}
