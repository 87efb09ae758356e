package io.countess.cli.soak;

import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import java.util.List;
import java.util.Optional;

/** What a client does next. */
sealed interface Action {
  /**
   * Sends an event with an id.
   *
   * @param counter one of them, of a claim
   * @param agoMillis how long ago it happened, as its sender says; 0 for now
   */
  record Command(CounterName counter, Event event, long agoMillis) implements Action {
    String id() {
      return event.id().orElseThrow();
    }
  }

  /** Loads puts, and waits until they are folded. */
  record Load(List<Command> lines) implements Action {}

  /**
   * Asks for a count.
   *
   * @param demands whether the answer has to include what all clients know to have been done there
   */
  record Read(CounterName counter, boolean demands) implements Action {}

  /**
   * Appends an event to the log, as any producer can.
   *
   * @param command may be without an id
   * @param away how many partitions away from the one where it belongs
   */
  record Append(Command command, int away) implements Action {}

  /**
   * Changes how a namespace counts, or all those that have no policy of their own.
   *
   * @param space empty for the default policy
   * @param policy empty for going back to the default policy
   * @param conditional whether only if nobody else has; else it may happen once more when it is
   *     sent again
   */
  record Change(
      Optional<Space> space, Optional<Policy> policy, OnChange onChange, boolean conditional)
      implements Action {}

  /**
   * Changes how one counter counts.
   *
   * @param to its own policy or plan; neither for going back to that of its namespace
   * @param conditional as in {@link Change}
   */
  record ChangeOne(CounterName counter, Event.ChangePolicy to, boolean conditional)
      implements Action {}
}
