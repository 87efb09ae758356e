package io.countess.query;

import io.countess.runtime.Lag;
import java.util.SortedMap;

/**
 * Whether questions can be answered.
 *
 * @param ready whether there is somebody to ask about every partition, and those that are here
 *     answer
 * @param state the lifecycle's state in a word, for example {@code running} or {@code catching up}
 * @param lag per partition that is here or restores here, how far the fold is behind the log
 */
public record Readiness(boolean ready, String state, SortedMap<Integer, Lag> lag) {
  /** The state of a fold that died and does not come back: only a restart helps. */
  public static final String FAILED = "died";

  /** Whether only a restart helps. */
  public boolean failed() {
    return state.equals(FAILED);
  }
}
