package io.countess.query;

import io.countess.event.Position;
import java.time.Duration;

/**
 * What a question demands of the state that answers it.
 *
 * @param position what the state must include; a question about one key looks only at its own
 *     partition's part
 * @param within how long it may wait for that, and for partitions that are on the move
 * @param partial whether an answer is wanted that leaves out what nobody can answer for in time
 */
public record Demand(Position position, Duration within, boolean partial) {
  /** How long a question or command may take unless it says otherwise. */
  public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(5);

  /** Whatever is there now. */
  public static final Demand NONE = new Demand(Position.NONE, DEFAULT_DEADLINE);

  /** Demands an answer that leaves nothing out. */
  public Demand(Position position, Duration within) {
    this(position, within, false);
  }

  /** The same demand, content with what can be reached. */
  public Demand orPartial() {
    return new Demand(position, within, true);
  }

  /** The same demand with another deadline. */
  public Demand in(Duration newWithin) {
    return new Demand(position, newWithin, partial);
  }
}
