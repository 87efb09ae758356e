package io.countess.query;

import io.countess.event.Position;
import java.time.Duration;

/**
 * What a question demands of the state that answers it.
 *
 * @param position what the state must include; a question about one key looks only at its own
 *     partition's part
 * @param within how long it may wait for that
 */
public record Demand(Position position, Duration within) {
  /** How long a question or command may take unless it says otherwise. */
  public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(5);

  /** Whatever is there now. */
  public static final Demand NONE = new Demand(Position.NONE, DEFAULT_DEADLINE);
}
